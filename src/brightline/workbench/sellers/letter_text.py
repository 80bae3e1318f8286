"""A letter to a seller as plain text, in the language in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brightline.i18n import _
from brightline.workbench.look.environment import day, moment
from brightline.workbench.sellers.models import Appeal, Statement
from brightline.workbench.sellers.models.seller import LetterKind


def as_text(kind: LetterKind, statement: Statement, appeal: Appeal | None, link: str) -> str:
    """The whole letter."""
    if appeal is not None and kind is LetterKind.RECEIVED:
        lines = [
            _("Your appeal {number} has come in.").format(number=appeal.number),
            _("Someone who has not decided this case before will look at it, by {moment}.").format(
                moment=moment(appeal.due_at)
            ),
        ]
    elif appeal is not None:
        lines = [f"{appeal.number}: {appeal.outcome_words}", "", *_told(appeal.said)]
    else:
        lines = list(_told(statement.text))
        if statement.appeal_until:
            lines += ["", _("You can appeal until {day}.").format(day=day(statement.appeal_until))]
    if link:
        lines += ["", _("Everything about this decision, and the form to appeal: {link}").format(
            link=link)]  # fmt: skip
    return "\n".join(lines) + "\n"


def _told(said: dict[str, Any]) -> Iterator[str]:
    yield f"{said['headline']}: {said['name']} ({said['ref']})"
    for reason in said["reasons"]:
        yield ""
        yield f"{reason['clause']} {reason['title']}"
        if reason["notice"]:
            yield reason["notice"]
        for fact in reason["facts"]:
            yield f"- {fact['statement']}" + (f" ({fact['source']})" if fact["source"] else "")
        if reason["words"]:
            yield _("Found: {words}").format(words="; ".join(reason["words"]))
        for basis in reason["basis"]:
            yield _("Rule: {rule}").format(rule=basis["words"])
    yield ""
    yield f"{said['found']} {said['decided']}"
    if said["points"]:
        yield _("Points: {points}").format(points=said["points"])
    yield from said["standing"]
