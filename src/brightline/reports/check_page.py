"""The findings of a check as a page to read, print or send."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from brightline.explained import explanations
from brightline.i18n import _, format_date, language, ngettext
from brightline.reports.page import page
from brightline.rulebook.laws import Findings
from brightline.rulebook.model import Rulebook
from brightline.rulebook.problems import Problem
from brightline.rulebook.proving.covering import Cells
from brightline.rulebook.proving.sop_proofs import SopProofs
from brightline.rulebook.table import Table
from brightline.rulebook.telling_words import Words, conditions, in_language

MOST_GROUPS = 8
"""So many groups of cases that only `otherwise` meets are told of one SOP."""


def check_page(
    findings: Mapping[str, Findings], name: str, today: date, checked: Callable[[], str]
) -> str:
    """The HTML. `findings` are those made in each language, `checked` says what was looked at."""
    return page("check.html.jinja", lambda: _view(findings[language()], name, today, checked()))


def _view(findings: Findings, name: str, today: date, checked: str) -> dict[str, Any]:
    book = findings.rulebook
    title = in_language(book.title, language()) if book else name
    errors = sum(problem.severity == "error" for problem in findings.problems)
    warnings = len(findings.problems) - errors
    return {
        "title": _("{rulebook}: what was found").format(rulebook=title),
        "facts": [
            (_("Rulebook"), name),
            (_("Version"), book.sha[:12] if book else _("cannot be read")),
            (_("As of"), format_date(today)),
        ],
        "tone": "bad" if errors else "" if warnings else "fine",
        "lead": _lead(errors, warnings),
        "groups": _groups(findings),
        "left": list(_left_to_otherwise(book, today)) if book else [],
        "accepted": [
            {
                "code": one.problem.code,
                "message": _sentence(one.problem.message),
                "reason": _("{reason} (accepted on {day})").format(
                    reason=in_language(one.acceptance.reason, language()),
                    day=format_date(one.acceptance.date),
                ),
                "place": _place(one.problem),
            }
            for one in findings.accepted
        ],
        "codes": [
            {"code": code, "claim": known.claim, "text": _plain(known.text, known.claim)}
            for code, known in explanations().items()
            if any(problem.code == code for problem in findings.problems)
        ],
        "checked": checked,
        "words": {
            "language": _("Language"),
            "left": _("What only “otherwise” meets"),
            "left_why": _(
                "No other clause speaks of these cases. That is often meant so; read them once."
            ),
            "accepted": _("Accepted on purpose"),
            "codes": _("What the codes mean"),
        },
    }


def _lead(errors: int, warnings: int) -> str:
    if not errors and not warnings:
        return _("No problems: the rulebook is clean.")
    return _("{errors}, {warnings}.").format(
        errors=ngettext("{n} error", "{n} errors", errors).format(n=errors),
        warnings=ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings),
    )


def _groups(findings: Findings) -> list[dict[str, Any]]:
    """The findings file by file."""
    by_file: dict[str, list[Problem]] = {}
    for problem in findings.problems:
        by_file.setdefault(problem.path.partition(":")[0] or problem.file, []).append(problem)
    return [
        {
            "title": _title(findings.rulebook, file),
            "file": file,
            "findings": [_finding(problem) for problem in own],
        }
        for file, own in by_file.items()
    ]


def _title(book: Rulebook | None, file: str) -> str:
    for sop in book.sops if book else ():
        if file == f"sops/{sop.sop}.yaml":
            return in_language(sop.title, language(), sop.sop)
    return {"rulebook.yaml": _("The rulebook as a whole"), "law.yaml": _("Register of law")}.get(
        file, file
    )


def _finding(problem: Problem) -> dict[str, Any]:
    start, end = problem.column - 1, problem.end_column - 1
    error = problem.severity == "error"
    return {
        "severity": str(problem.severity),
        "word": _("error") if error else _("warning"),
        "code": problem.code,
        "message": _sentence(problem.message),
        "hint": _sentence(problem.hint) if problem.hint else "",
        "line": problem.line,
        "source_before": problem.source[:start].lstrip(),
        "source_marked": problem.source[start:end],
        "source_after": problem.source[end:],
        "place": _place(problem),
    }


def _sentence(text: str) -> str:
    """The text with a capital first letter, unless it begins with an id."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return text[:1].upper() + text[1:] if first.isalpha() else text


def _place(problem: Problem) -> str:
    if not problem.line:
        return problem.path
    return _("{path}, line {line}").format(path=problem.path, line=problem.line)


def _plain(text: str, claim: str) -> str:
    """An explanation without its first sentence and Markdown's signs."""
    bare = " ".join(text.replace("**", "").replace("`", "").split())
    return bare.removeprefix(claim).lstrip(".: ")


def _left_to_otherwise(book: Rulebook, today: date) -> Iterator[dict[str, Any]]:
    """For every SOP with `otherwise`, the cases in scope that nothing else speaks of."""
    for subject in book.subjects:
        table = Table(book, subject, today)
        words = Words(book, subject)
        for segment in table.segments:
            proofs = SopProofs(table, segment)
            if not proofs.otherwise:
                continue
            boxes = [cells for _world, cells in proofs.gaps(MOST_GROUPS + 1)]
            told = [_case(words, table, cells) for cells in boxes[:MOST_GROUPS]]
            clause = table.clauses[next(iter(proofs.otherwise))].clause
            action = words.action(clause.action)
            yield {
                "title": words.text(segment.sop.title, segment.sop.sop),
                "clause": f"{clause.id} · {action}",
                "cases": [*told, *(["…"] if len(boxes) > MOST_GROUPS else [])],
            }


def _case(words: Words, table: Table, cells: Cells) -> str:
    tests = [words.test(table.columns[place], cell) for place, cell in cells.items()]
    return conditions(tests) or _("every case")
