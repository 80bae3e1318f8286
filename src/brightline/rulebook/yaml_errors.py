"""YAML's own syntax errors in plain words, pointing at the token that has to change."""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from brightline.i18n import _
from brightline.rulebook.nodes import Document
from brightline.rulebook.problems import Problem

DEEPEST = 32
Words = tuple[str, str | None]
HERE, START, NEAR = "here", "start", "near"
"""Where to point: where YAML gave up, where the thing it was reading starts, or at its start only
where that is in an earlier line."""


def explained(error: yaml.MarkedYAMLError, document: Document) -> Problem:
    """The problem that a syntax error of YAML is."""
    said = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    assert mark is not None
    for pattern, place, words in _KNOWN:
        if re.search(pattern, said):
            start = error.context_mark
            if start is not None and (
                place == START or (place == NEAR and mark.line != start.line)
            ):
                mark = start
            message, hint = words()
            break
    else:
        message = _("this cannot be read as YAML")
        hint = _("check indentation, colons and quotes")
    line, column = _last_text(document, mark.line, mark.column)
    source = document.lines[line] if line < len(document.lines) else ""
    if source[column : column + 1] == "\t" or source[:column].strip(" ") == "\t":
        message = _("a tab stands where spaces are needed")
        hint = _("indent with spaces only")
    code = "BL-104"
    if "maximum nesting depth" in said:  # libyaml's own limit, far beyond ours
        code = "BL-102"
        message = _("lists and mappings are nested more than {most} deep").format(most=DEEPEST)
        hint = _("a bracket may be left open above")
    return document.problem_at(code, line + 1, column + 1, column + 2, message, hint)


def _last_text(document: Document, line: int, column: int) -> tuple[int, int]:
    """The place itself; past the end of the file, the end of its last line with text."""
    if line < len(document.lines) and (document.lines[line].strip() or column):
        return line, column
    while line > 0 and (line >= len(document.lines) or not document.lines[line].strip()):
        line -= 1
    return line, max(0, len(document.lines[line].rstrip()) - 1) if document.lines else 0


_KNOWN: list[tuple[str, str, Callable[[], Words]]] = [
    (
        "quoted scalar.*(end of stream|document indicator)",
        START,
        lambda: (_("this quote is never closed"), _("put the same quote at the end of the text")),
    ),
    (
        "mapping values are not allowed",
        HERE,
        lambda: (
            _("a colon stands where none can"),
            _("put quotes around a text that holds a colon; check the indentation"),
        ),
    ),
    (
        "could not find expected ':'",
        START,
        lambda: (
            _("a colon is missing after this key"),
            _("write key: value, with a space after the colon"),
        ),
    ),
    (
        "flow (mapping|sequence)|expected ',' or",
        NEAR,
        lambda: (
            _("this bracket is not closed, or a comma is missing inside"),
            _("put quotes around a text that holds a comma, a bracket or a colon"),
        ),
    ),
    (
        "(unknown|invalid|did not find expected).*(escape|hex)|escape",
        HERE,
        lambda: (
            _("a backslash in double quotes starts a code that is not known"),
            _("use single quotes, or write the backslash twice"),
        ),
    ),
    (
        "cannot start any token",
        HERE,
        lambda: (
            _("no text can start with this character"),
            _("put the text in quotes"),
        ),
    ),
    (
        "anchor|alias|tag|directive",
        HERE,
        lambda: (
            _("&, *, ! and % start something that has no place in a rulebook"),
            _("put the text in quotes"),
        ),
    ),
    (
        "block (mapping|collection|sequence)|block end|block entr|indicator",
        HERE,
        lambda: (
            _("the indentation does not fit the lines above"),
            _("keys of one mapping start in the same column, and so do the - of one list"),
        ),
    ),
    (
        "document start|document end",
        HERE,
        lambda: (
            _("something stands after the end of the rulebook's mapping"),
            _("check the indentation and the brackets of the lines above"),
        ),
    ),
]
