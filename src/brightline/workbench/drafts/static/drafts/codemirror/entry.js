/* What of CodeMirror 6 the text editor uses; `make` bundles it into codemirror.js. */
export {ChangeSet, EditorState, StateEffect, StateField, Compartment} from "@codemirror/state";
export {
  EditorView, keymap, lineNumbers, highlightActiveLine, highlightActiveLineGutter, drawSelection,
  highlightSpecialChars, hoverTooltip, Decoration,
} from "@codemirror/view";
export {
  HighlightStyle, syntaxHighlighting, foldGutter, foldKeymap, indentOnInput, bracketMatching,
  indentUnit, syntaxTree,
} from "@codemirror/language";
export {history, historyKeymap, defaultKeymap, indentWithTab} from "@codemirror/commands";
export {yaml} from "@codemirror/lang-yaml";
export {autocompletion, completionKeymap, closeBrackets, closeBracketsKeymap} from "@codemirror/autocomplete";
export {setDiagnostics, lintGutter, lintKeymap} from "@codemirror/lint";
export {search, searchKeymap, highlightSelectionMatches} from "@codemirror/search";
export {tags} from "@lezer/highlight";
