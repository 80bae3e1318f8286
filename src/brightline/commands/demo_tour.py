"""The tour of `brightline demo`: the main job on what travels with Brightline."""

from __future__ import annotations

import json
import shlex
import sys
import tempfile
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from brightline.commands.check import examined, what_was_checked
from brightline.commands.page import heading, say
from brightline.commands.progress import progress_bar
from brightline.commands.screen import screened
from brightline.commands.verbs import Unusable
from brightline.i18n import _, default_language, format_number, language
from brightline.paths import bundled_rulebook
from brightline.screening.one import CaseDecider

if TYPE_CHECKING:
    from brightline.commands.comparison_page import Compared
    from brightline.rulebook.deciding import Decision
    from brightline.rulebook.model import Rulebook

MOST_SHOWN = 5
"""How many decisions that differ from what was expected are shown."""


def tour(keep: str | None) -> None:
    """The whole tour. `keep` names a folder that the decisions are left in."""
    folder = bundled()
    book = checked(folder)
    with ExitStack() as stack:
        away = _made(keep) if keep else Path(stack.enter_context(tempfile.TemporaryDirectory()))
        compared = _screened(book, folder / "cases" / "sample.jsonl", away, keep is not None)
    decider = CaseDecider(book)
    _compare(book, compared, decider)
    heading(_("4. One decision is explained"))
    _explain(book, compared, decider)
    _next_steps(_shown(folder))


def glance(book: Rulebook, folder: Path) -> None:
    """What a newcomer needs of it: what the rules make of a few hundred cases, and why of one."""
    with tempfile.TemporaryDirectory() as away:
        cases = folder / "cases" / "sample.jsonl"
        compared = _screened(book, cases, Path(away), False, whole=False)
    heading(_("3. One decision is explained"))
    _explain(book, compared, CaseDecider(book))


def bundled() -> Path:
    """The folder of the rulebook that travels with Brightline. Raises `Unusable`."""
    try:
        return bundled_rulebook()
    except FileNotFoundError:
        raise Unusable(
            _("the rulebook of the demonstration is not here"), _("install Brightline again")
        ) from None


def _made(keep: str) -> Path:
    try:
        Path(keep).mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unusable(
            _("{path} cannot be written: {error}").format(path=keep, error=reason),
            _("name a folder that you may write to"),
            file=keep,
        ) from None
    return Path(keep)


def checked(folder: Path) -> Rulebook:
    """The bundled rulebook, once it is known to be clean."""
    heading(_("1. The rulebook is checked"))
    findings = examined(folder, date.today())
    book, problems = findings.rulebook, findings.problems
    if book is None:
        raise Unusable(_("the bundled rulebook has errors"), problems=problems)
    say(", ".join(what_was_checked(book)) + ".", "  ")
    if problems:
        word = _("{n} problems; see: brightline check {path}")
        say(word.format(n=format_number(len(problems)), path=_shown(folder)), "  ", fg="yellow")
    else:
        say(_("No problems: the rulebook is clean."), "  ", fg="green")
    return book


def _screened(
    book: Rulebook, cases: Path, away: Path, kept: bool, whole: bool = True
) -> list[Compared]:
    """The sample cases, each with the row that a screening writes for it."""
    from brightline.commands.comparison_page import Compared
    from brightline.commands.summary_page import SummaryPage

    heading(_("2. The sample cases are screened"))
    out = away / "decisions.jsonl"
    with progress_bar(True, _("Screening")) as progress:
        summary = screened(book, str(cases), str(out), workers=1, progress=progress)
    page = SummaryPage(summary, book)
    page.head()
    page.actions()
    if whole:
        page.unknown(most=5)
    if kept:
        page.files()
    rows = {row["id"]: row for row in _lines(out)}
    golden = _lines(cases)
    return [Compared(case, rows[case["id"]]) for case in golden if case["id"] in rows]


def _compare(book: Rulebook, compared: list[Compared], decider: CaseDecider) -> None:
    """Precision and recall against what the authors of the cases expected."""
    from brightline.commands.comparison_page import differing, show_differences, show_scores

    heading(_("3. The decisions are compared with those expected"))
    show_scores(compared, book)
    say()
    say(
        _(
            "The cases are invented. The figures say how the rulebook does on what its authors "
            "thought of; they do not estimate live traffic."
        ),
        "  ",
        dim=True,
    )
    other = differing(compared, book)
    if other:
        shown = other[:: max(1, len(other) // MOST_SHOWN)][:MOST_SHOWN]
        show_differences([(one, decider.decide(one.case)) for one in shown], len(other), book)


def _explain(book: Rulebook, compared: list[Compared], decider: CaseDecider) -> None:
    """The page of one decision, as `decide` shows it: a fault rightly found, with most to see."""
    from brightline.commands.decide import next_question
    from brightline.commands.decision_page import show_decision

    right = [one for one in compared if one.outcome.as_expected]
    decided = [(one.case, decider.decide(one.case)) for one in right or compared]
    case, decision = max(decided, key=lambda pair: _worth_showing(pair[1], book))
    say()
    show_decision(decision, case, next_question(decision), False)


def _worth_showing(decision: Decision, book: Rulebook) -> tuple[int, ...]:
    """How much there is to see: verified law, words that were found, steps to follow."""
    from brightline.rulebook.telling_rows import Rows

    table = decision.table
    held = [at for at in decision.verdict.outcomes if at >= 0 and table.clauses[at].violation]
    faults = [table.clauses[at].clause for at in held]
    rows = Rows(table, decision.standing)
    rests_on = {table.columns[place].name for at in held for place in rows.reasons(at)}
    words = sum(decision.facts[name].source.startswith("lexicon") for name in rests_on)
    laws = sum(basis in book.law for clause in faults for basis in clause.basis)
    steps = sum(len(clause.then) for clause in faults)
    return bool(laws), bool(words), bool(steps), laws + words + steps


def _shown(folder: Path) -> str:
    """The folder as one would type it here."""
    here = Path.cwd()
    return shlex.quote(str(folder.relative_to(here) if folder.is_relative_to(here) else folder))


def _next_steps(rulebook: str) -> None:
    """Commands that work as they are typed."""
    local = Path(".venv/bin/brightline")
    own = local.exists() and Path(sys.prefix) == Path.cwd() / ".venv"
    program = str(local) if own else "brightline"
    spoken = "" if language() == default_language() else f" --lang {language()}"
    heading(_("What to try next"))
    for rest, what in (
        (f"ask {rulebook} --subject listing", _("decide a case by answering questions")),
        (
            f"screen {rulebook} {rulebook}/cases/sample.jsonl -o decisions.csv --facts",
            _("screen the same cases to a file that a spreadsheet opens"),
        ),
        (f"check {rulebook}", _("check the rulebook, after a change of yours")),
    ):
        say(what, "  • ")
        click.secho(f"    $ {program} {rest}{spoken}", bold=True)


def _lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]
