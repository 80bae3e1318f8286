"""`brightline decide RULEBOOK CASE.json`: one case to its decision, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from brightline.commands.inputs import (
    as_of_option,
    format_option,
    read_case,
    read_rulebook,
    suggestions_option,
)
from brightline.commands.language import language_option
from brightline.commands.verbs import N_, Option, Unusable, Verb


@click.command(
    cls=Verb,
    short_help=N_("Decide one case, and say why."),
    help=N_(
        "Decide one case, and say why. CASE is a JSON file, or - for standard input: "
        '{"subject": "listing", "attributes": {"title": "…"}, "facts": {"item": "…"}}. '
        "Either part may be missing."
    ),
)
@click.argument("rulebook")
@click.argument("case")
@as_of_option
@suggestions_option
@click.option(
    "--trace/--no-trace",
    cls=Option,
    default=None,
    help=N_("Show how every clause stands (default: only in JSON)."),
)
@format_option
@language_option
def decide(
    rulebook: str,
    case: str,
    as_of: date | None,
    assume_suggestions: bool,
    trace: bool | None,
    form: str,
) -> None:
    """Decides a case and lays the decision out."""
    book, raw = read_rulebook(rulebook), read_case(case)
    decision = decided(book, raw, as_of, assume_suggestions)
    place = next_question(decision)
    if form == "json":
        print_json(decision, place, raw.get("id"), trace is not False)
        return
    from brightline.commands.decision_page import show_decision

    show_decision(decision, raw, place, bool(trace))


def decided(book: Any, raw: Any, as_of: date | None, assume_suggestions: bool) -> Any:
    """The decision on a raw case. Raises `Unusable` where the case cannot be decided."""
    from brightline.commands.unread import show_unread
    from brightline.rulebook.columns import FactError
    from brightline.screening.one import CaseError, decide_case

    try:
        decision = decide_case(book, raw, as_of, assume_suggestions)
    except (CaseError, FactError) as error:
        raise Unusable(error.message, error.hint) from None
    show_unread(raw, book, decision.table.subject)
    return decision


def next_question(decision: Any) -> int | None:
    """The column to ask next; None where nothing is left that a person can be asked."""
    if decision.verdict.determined:
        return None
    from brightline.rulebook.asking import Asker

    return Asker(decision.table).next_question(decision.standing)


def print_json(decision: Any, place: int | None, case: object, trace: bool) -> None:
    """Print the decision as JSON; without the trace its key holds null."""
    import json

    from brightline.screening.decision_json import to_json

    found = to_json(decision, lambda _decision: place, None if case is None else str(case))
    if not trace:
        found["trace"] = None
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))
