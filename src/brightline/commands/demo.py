"""`brightline demo`: the main job on the rulebook and the cases that travel with Brightline."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import click

from brightline.commands.check import examined, what_was_checked
from brightline.commands.language import language_option
from brightline.commands.page import clean, heading, say
from brightline.commands.screen import progress_bar, screened
from brightline.commands.verbs import N_, Option, Unusable, Verb
from brightline.i18n import _, format_number

MOST_SHOWN = 6
"""How many decisions that differ from what was expected are shown."""


@click.command(
    cls=Verb,
    short_help=N_("Show it all on the bundled rulebook and cases."),
    help=N_(
        "Check the Vietnam rulebook, screen the sample cases, compare the decisions with those "
        "expected, and explain one of them. Nothing is kept unless --keep names a folder."
    ),
)
@click.option(
    "--keep",
    cls=Option,
    metavar="DIR",
    help=N_("Leave the decisions in this folder."),
)
@language_option
def demo(keep: str | None) -> None:
    """Runs the demonstration."""
    from brightline.paths import bundled_rulebook

    try:
        folder = bundled_rulebook()
    except FileNotFoundError as error:
        raise Unusable(str(error)) from None
    book = _checked(folder)
    cases = [
        json.loads(line)
        for line in (folder / "cases" / "sample.jsonl").read_text("utf-8").splitlines()
        if line.strip()
    ]
    if keep:
        Path(keep).mkdir(parents=True, exist_ok=True)
        rows = _screened(book, folder, Path(keep), kept=True)
    else:
        with tempfile.TemporaryDirectory() as away:
            rows = _screened(book, folder, Path(away), kept=False)
    _compare(book, cases, rows)
    _explain(book, cases, rows)
    _next_steps(_shown(folder))


def _checked(folder: Path) -> Any:
    """The bundled rulebook, once it is known to be clean."""
    heading(_("1. The rulebook is checked"))
    book, problems = examined(folder, date.today())
    if book is None:
        raise Unusable(_("the bundled rulebook has errors"), problems=problems)
    say(", ".join(what_was_checked(book)) + ".", "  ")
    word = (
        _("{n} problems; see: brightline check {path}").format(
            n=format_number(len(problems)), path=folder
        )
        if problems
        else _("No problems: the rulebook is clean.")
    )
    say(word, "  ", fg="yellow" if problems else "green")
    return book


def _screened(book: Any, folder: Path, away: Path, kept: bool) -> list[dict[str, Any]]:
    """The decisions on the sample cases."""
    from brightline.commands.summary_page import show_summary

    heading(_("2. The sample cases are screened"))
    out = away / "decisions.jsonl"
    with progress_bar(True) as progress:
        sample = str(folder / "cases" / "sample.jsonl")
        summary = screened(book, sample, str(out), threads=1, progress=progress)
    show_summary(summary, book, kept=kept)
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def _compare(book: Any, cases: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    """Precision and recall against what the authors of the cases expected."""
    from brightline.commands.scoring import score, told
    from brightline.commands.tables import show_table
    from brightline.rulebook.telling_words import Words

    heading(_("3. The decisions are compared with those expected"))
    by_id = {row["id"]: row for row in rows}
    pairs = [(case, by_id[case["id"]]) for case in cases if case["id"] in by_id]
    scores = score([_outcome(case, row) for case, row in pairs], book.actions)
    words = Words(book, next(iter(book.subjects)))
    lines = [(words.action(one.action), one.precision, one.recall) for one in scores.actions]
    show_table(_("By action"), ("", _("precision"), _("recall")), lines)
    for title, shares in told(scores):
        heading(title)
        for label, share in shares:
            say(f"{label}: {share}", "  ")
    say()
    say(_("with the clause expected, too: {share}").format(share=scores.clauses), "  ")
    _show_differences(words, pairs)


def _outcome(case: dict[str, Any], row: dict[str, Any]) -> Any:
    from brightline.commands.scoring import Outcome

    expect = case["expect"]
    clause = expect.get("clause")
    if isinstance(clause, list):
        clause = clause[0] if clause else None
    clauses = tuple(row["clauses"])
    return Outcome(expect["action"], clause, row["action"], row["determined"], clauses)


def _show_differences(words: Any, pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """Some of the decisions that came out otherwise, and what their authors noted."""
    differing = [
        (case, row)
        for case, row in pairs
        if row["determined"] and row["action"] != case["expect"]["action"]
    ]
    if not differing:
        return
    n = format_number(len(differing))
    heading(_("Decided otherwise than expected: {n}, some of them").format(n=n))
    for case, row in differing[:: max(1, len(differing) // MOST_SHOWN)][:MOST_SHOWN]:
        came, due = words.action(row["action"]), words.action(case["expect"]["action"])
        text = next((v for v in case["attributes"].values() if isinstance(v, str)), "")
        say(f"{case['id']} “{' '.join(clean(text).split())[:90]}”", "  • ", "    ")
        say(_("{came}; expected: {due}").format(came=came, due=due), "    ")
        if case.get("note"):
            say(case["note"], "    ", dim=True)


def _explain(book: Any, cases: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    """The page of one decision: a clear fault that two SOPs see, if there is one."""
    from brightline.commands.decide import decided, next_question
    from brightline.commands.decision_page import show_decision

    case = _telling(book, cases, rows)
    heading(_("4. One decision is explained"))
    decision = decided(book, case, None, False)
    show_decision(decision, case, next_question(decision), False)


def _telling(book: Any, cases: list[dict[str, Any]], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The case whose decision has most to show: a fault, rightly found, by several SOPs."""
    found = {row["id"]: row for row in rows}

    def worth(case: dict[str, Any]) -> tuple[bool, int]:
        row = found.get(case["id"])
        if row is None or not row["determined"] or row["action"] != case["expect"]["action"]:
            return (False, 0)
        fault = book.actions[row["action"]].violation
        expected = case["expect"].get("clause")
        return (fault, len(expected) if isinstance(expected, list) else 0)

    return max(cases, key=worth)


def _shown(folder: Path) -> str:
    """The folder as one would type it here."""
    here = Path.cwd()
    return str(folder.relative_to(here) if folder.is_relative_to(here) else folder)


def _next_steps(rulebook: str) -> None:
    local = Path(".venv/bin/brightline")
    program = str(local) if local.exists() else "brightline"
    heading(_("What to try next"))
    for rest, what in (
        (f"ask {rulebook} --subject listing", _("decide a case by answering questions")),
        (f"check {rulebook}", _("check the rulebook after a change of yours")),
        (f"screen {rulebook} CASES.csv -o OUT.csv --map MAP.yaml", _("screen cases of your own")),
    ):
        say(f"{program} {rest}", "  $ ", bold=True)
        say(what, "    ")
