"""What laws and proofs say of a draft as it is being written, and its clauses as sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from brightline.i18n import LANGUAGES, use
from brightline.reports.guide.book import Book, Tables, sentence
from brightline.reports.guide.clauses_view import condition
from brightline.reports.guide.sop_view import SopView
from brightline.rulebook.laws import Findings
from brightline.rulebook.model import Rulebook, Sop
from brightline.rulebook.problems import Problem
from brightline.workbench.drafts.models import Draft
from brightline.workbench.drafts.paths import sop_of
from brightline.workbench.drafts.workspace import trying, workspace

_CLAUSE = re.compile(r"clauses\[(\d+)\]")
_EXAMPLE = re.compile(r"examples\[(\d+)\]")
_FACT = re.compile(r": facts\.([A-Za-z][\w-]*)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A problem where a person sees it: in the text by line and column, in the form by what it is
    about. `clause` and `fact` are empty where it is about neither."""

    problem: Problem
    here: bool
    clause: str
    fact: str
    at: str

    @property
    def error(self) -> bool:
        """Whether it keeps the draft from being released."""
        return self.problem.severity == "error"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A clause in words, by language."""

    clause: str
    said: dict[str, str]


@dataclass(frozen=True)
class Checked:
    """What was found. `compiles` says whether there is a rulebook; `sha` names it then."""

    marks: tuple[Mark, ...]
    elsewhere: int
    accepted: int
    sha: str
    sentences: tuple[Sentence, ...] = ()
    chart: str = ""
    sop: Sop | None = field(default=None, repr=False)
    rulebook: Rulebook | None = field(default=None, repr=False)

    @property
    def compiles(self) -> bool:
        """Whether the files make a rulebook; texts may be missing in a language."""
        return self.rulebook is not None

    @property
    def errors(self) -> int:
        """How many problems of this file have to be mended."""
        return sum(mark.error for mark in self.marks)


def checked(draft: Draft, path: str, text: str | None, on: date, told: bool = True) -> Checked:
    """Check a draft with the text of one file as it is being typed (None: as it is saved).

    Only the file that changed is looked at again; the rest is as it was. `told`: with the clauses
    as sentences and the flowchart.
    """
    space = workspace(draft) if text is None else trying(draft, path, text)
    with space.lock:
        if text is not None:
            space = trying(draft, path, text)
        findings = space.check(on)
    return _told(findings, path, on, told)


def _told(findings: Findings, path: str, on: date, told: bool) -> Checked:
    ids = _ids(findings, path)
    marks = tuple(_mark(one, path, ids) for one in findings.problems)
    here = tuple(mark for mark in marks if mark.here)
    book = findings.rulebook
    sop = next((s for s in book.sops if s.sop == sop_of(path)), None) if book else None
    return Checked(
        here,
        len(marks) - len(here),
        sum(one.problem.path.startswith(path) for one in findings.accepted),
        book.sha if book and not any(mark.error for mark in marks) else "",
        tuple(sentences(book, sop, on)) if book and sop and told else (),
        _chart(book, sop, on) if book and sop and told else "",
        sop,
        book,
    )


def sentences(book: Rulebook, sop: Sop, on: date) -> Iterator[Sentence]:
    """Each clause of an SOP in words, in every language of the pages."""
    tables = Tables(book.of_sops(sop), on)
    found: dict[str, dict[str, str]] = {clause.id: {} for clause in sop.clauses}
    for code in LANGUAGES:
        with use(code):
            told = Book(tables)
            for clause in sop.clauses:
                found[clause.id][code] = sentence(condition(told, sop, clause))
    for clause in sop.clauses:
        yield Sentence(clause.id, found[clause.id])


def _chart(book: Rulebook, sop: Sop, on: date) -> str:
    """The flowchart as SVG, its links to the rows of the form; empty where it has none."""
    view = SopView(Book(Tables(book.of_sops(sop), on)), sop, {})
    drawing = view.drawing("row-")
    return str(drawing.svg) if drawing is not None else ""


def _ids(findings: Findings, path: str) -> dict[str, list[str]]:
    """The ids of clauses and examples by number, as far as the file could be parsed."""
    from brightline.rulebook.nodes import find, items, text_of

    document = findings.sources.documents.get(path) if findings.sources else None
    root = document.root if document is not None else None
    return {
        section: [text_of(find(one, ("id",))) or "" for one in items(find(root, (section,)))]
        for section in ("clauses", "examples")
    }


def _mark(problem: Problem, path: str, ids: dict[str, list[str]]) -> Mark:
    file, _colon, _rest = problem.path.partition(":")
    here = file == path
    clause, fact, at = "", "", ""
    if here:
        if found := _CLAUSE.search(problem.path):
            clause = _nth(ids["clauses"], int(found[1]))
        elif found := _EXAMPLE.search(problem.path):
            at = _nth(ids["examples"], int(found[1]))
        elif found := _FACT.search(problem.path):
            fact = found[1]
    about = problem.about[0] if problem.about else ("", "")
    return Mark(problem, here, clause, fact, at or (about[1] if about[0] != "sop" else ""))


def _nth(names: list[str], number: int) -> str:
    return names[number] if number < len(names) else ""


def diagnostics(found: Checked) -> list[dict[str, Any]]:
    """The problems of the file as the text editor marks them."""
    return [
        {
            "line": mark.problem.line, "column": mark.problem.column,
            "end": mark.problem.end_column, "error": mark.error, "code": mark.problem.code,
            "message": mark.problem.message, "hint": mark.problem.hint or "",
            "clause": mark.clause, "fact": mark.fact,
        }
        for mark in found.marks
    ]  # fmt: skip
