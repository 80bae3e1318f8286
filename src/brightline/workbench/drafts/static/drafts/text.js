/* The text editor: CodeMirror on the same text, saved a second after the last key. */
import * as cm from "./codemirror/codemirror.js";
import {completions} from "./complete.js";
import {changesBetween} from "./linediff.js";
import {data, el, inTurn, post, say, state, status, store, touch, urls, words} from "./state.js";

const SAVE = 1000, source = el("source"), read = new cm.Compartment();
let view = null, timer = 0, saved = source.value, sinceSent = null, quiet = false, apart = null;

const look = cm.EditorView.theme({
  "&": {backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--line-strong)", borderRadius: "var(--round)", fontSize: ".9rem", height: "calc(100vh - 13rem)", minHeight: "24rem"},
  ".cm-scroller": {fontFamily: "var(--mono)", lineHeight: "1.55"},
  ".cm-gutters": {backgroundColor: "var(--sunk)", color: "var(--soft)", border: "none"},
  ".cm-activeLine, .cm-activeLineGutter": {backgroundColor: "color-mix(in srgb, var(--sunk) 60%, transparent)"},
  ".cm-content": {caretColor: "var(--ink)"},
  ".cm-cursor": {borderLeftColor: "var(--ink)"},
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection": {backgroundColor: "var(--accent-ground) !important"},
  ".cm-tooltip": {backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--line-strong)", maxWidth: "36rem"},
  ".cm-tooltip-autocomplete ul li[aria-selected]": {backgroundColor: "var(--accent)", color: "var(--accent-ink)"},
  ".cm-completionDetail": {color: "var(--soft)", fontStyle: "normal"},
  ".cm-panels": {backgroundColor: "var(--sunk)", color: "var(--ink)"},
  ".cm-searchMatch": {backgroundColor: "var(--mark)", color: "var(--mark-ink)"},
  ".cm-diagnostic-error": {borderLeftColor: "var(--bad)"}, ".cm-diagnostic-warning": {borderLeftColor: "var(--warn)"},
});
const colours = cm.HighlightStyle.define([
  {tag: [cm.tags.propertyName, cm.tags.definition(cm.tags.propertyName)], color: "var(--accent)", fontWeight: "600"},
  {tag: cm.tags.string, color: "var(--good)"}, {tag: cm.tags.comment, color: "var(--soft)", fontStyle: "italic"},
  {tag: [cm.tags.keyword, cm.tags.number, cm.tags.bool], color: "var(--warn)"}, {tag: cm.tags.punctuation, color: "var(--soft)"},
]);

/* The names that a value may be, from what the page knows of the SOP. */
function names(key, path) {
  const known = JSON.parse(el("facts-data")?.textContent || "{}");
  const inside = path.includes("when") || path.includes("scope") || path.includes("facts") && path.includes("examples") || path.includes("impossible");
  if (!key && inside) return Object.entries(known).filter(([, fact]) => fact.kind !== "definition").map(([id, {words: said}]) => ({id, words: said}));
  if (known[key]) return known[key].choices.map(([id, said]) => ({id, words: said}));
  const one = document.querySelector(`#table select[data-value$="${key === "action" ? "/action" : key}"], #side select[data-value="${CSS.escape(key || "-")}"]`);
  return key && one ? [...one.options].map((option) => ({id: option.value, words: option.text})) : [];
}

export function start() {
  if (view) return view;
  source.hidden = true;
  const root = el("text-editor").attachShadow({mode: "open"});  // its styles are sheets there, which the page's policy allows
  view = new cm.EditorView({
    root, parent: root,
    state: cm.EditorState.create({
      doc: saved,
      extensions: [
        cm.lineNumbers(), cm.highlightActiveLine(), cm.highlightActiveLineGutter(), cm.highlightSpecialChars(), cm.history(),
        cm.drawSelection(), cm.foldGutter(), cm.indentOnInput(), cm.indentUnit.of("  "), cm.bracketMatching(), cm.closeBrackets(),
        cm.EditorView.lineWrapping, data.path.endsWith(".yaml") ? cm.yaml() : [], cm.syntaxHighlighting(colours), look,
        data.path.endsWith(".yaml") ? cm.autocompletion({override: [completions(names)]}) : [], cm.search({top: true}), cm.highlightSelectionMatches(),
        cm.lintGutter(), read.of(cm.EditorState.readOnly.of(!data.writes)),
        cm.EditorView.contentAttributes.of({"aria-label": document.querySelector("label[for=source]").textContent, tabindex: "0"}),
        cm.keymap.of([...cm.closeBracketsKeymap, ...cm.defaultKeymap, ...cm.searchKeymap, ...cm.historyKeymap, ...cm.foldKeymap, ...cm.completionKeymap, ...cm.lintKeymap, {key: "Mod-s", run: () => { save(); return true; }}]),
        cm.EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          if (sinceSent) sinceSent = sinceSent.compose(update.changes);
          if (quiet) return;
          status("unsaved");
          try { localStorage.setItem(store, JSON.stringify({text: text(), based_on: state.revision})); } catch { /* private window */ }
          clearTimeout(timer);
          timer = setTimeout(save, SAVE);
          touch();
        }),
      ],
    }),
  });
  return view;
}

export const text = () => view ? view.state.doc.toString() : saved;
export const dirty = () => view !== null && text() !== saved;
/* What nobody but this page has yet. A text that did not go together with another's is kept apart. */
export const unsaved = () => dirty() && text() !== apart;

/* Puts another text into the editor, touching only what differs, so that the cursor stays. */
export function show(other) {
  saved = other;
  if (!view) { source.value = other; return; }
  quiet = true;
  view.dispatch({changes: changesBetween(text(), other)});
  quiet = false;
}

export function save(basedOn) {
  clearTimeout(timer);
  if (!data.writes || (!dirty() && basedOn === undefined)) return inTurn(() => {});
  return inTurn(async () => {
    const sent = text();
    if (sent === saved && basedOn === undefined) return null;
    sinceSent = cm.ChangeSet.empty(sent.length);
    const found = await post(urls.save, {text: sent, instead: state.kept, ...(basedOn === undefined ? {} : {based_on: basedOn})});
    const meanwhile = sinceSent;
    sinceSent = null;
    if (!found) {
      if (state.kept) { apart = sent; forgetKept(); }
      return null;
    }
    saved = found.text;
    if (found.text !== sent) {  // somebody else's change came in: it goes in beside what was typed since
      const theirs = cm.ChangeSet.of(changesBetween(sent, found.text), sent.length);
      quiet = true;
      view.dispatch({changes: theirs.map(meanwhile)});
      quiet = false;
      touch();
    }
    if (text() === saved) forgetKept();
    else { status("unsaved"); timer = setTimeout(save, SAVE); }
    return found;
  });
}

function forgetKept() { try { localStorage.removeItem(store); } catch { /* nothing kept */ } }

/* What was typed and never saved, from this browser: it is saved now as a change of what it was
   typed into, so that what others did since stays. */
export function restore() {
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(store) || "null"); } catch { /* nothing kept */ }
  if (!kept || kept.text === saved || !data.writes) return false;
  start();
  quiet = true;
  view.dispatch({changes: changesBetween(text(), kept.text)});
  quiet = false;
  say("warning", words.restored);
  save(kept.based_on);
  return true;
}

export function marks(problems) {
  if (!view) return;
  const {doc} = view.state;
  view.dispatch(cm.setDiagnostics(view.state, problems.filter(({line}) => line <= doc.lines).map((one) => {
    const line = doc.line(Math.max(1, one.line)), from = Math.min(line.to, line.from + Math.max(0, one.column - 1));
    const to = Math.max(from, Math.min(line.to, line.from + Math.max(one.end - 1, one.column)));
    return {from, to, severity: one.error ? "error" : "warning", message: one.hint ? `${one.message}\n${one.hint}` : one.message, source: one.code};
  })));
}

export function goto(line, column = 1) {
  const {doc} = start().state, at = doc.line(Math.max(1, Math.min(doc.lines, line)));
  const anchor = Math.min(at.to, at.from + Math.max(0, column - 1));
  view.dispatch({selection: {anchor}, effects: cm.EditorView.scrollIntoView(anchor, {y: "center"})});
  view.focus();
}
