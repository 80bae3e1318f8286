"""A second release of the small rulebook, and notices of it, for tests."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from brightline.rulebook.canonical import from_json, to_json
from brightline.rulebook.model import Rulebook
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.understanding.actions.acknowledge import acknowledge
from brightline.workbench.understanding.actions.draft import draft
from brightline.workbench.understanding.actions.send import send
from brightline.workbench.understanding.actions.take_quiz import (
    begin_quiz,
    mark_quiz,
    pair_of_attempt,
)
from brightline.workbench.understanding.current import forget
from brightline.workbench.understanding.models import Attempt, Notice, Recipient
from brightline.workbench.understanding.quizzing import right_option
from brightline.workbench.understanding.recipients import recipient_of
from tests.workbench.making import a_rulebook, text


def changed(**more: Any) -> Rulebook:
    """The small rulebook whose SOP is changed by `clauses=`, `queue=`, `facts=`…."""
    return varied(a_rulebook(), **more)


def varied(book: Rulebook, **more: Any) -> Rulebook:
    """A rulebook whose first SOP is changed."""
    form = json.loads(to_json(book))
    form["sops"][0].update(more)
    return from_json(json.dumps(form))


def clauses() -> list[dict[str, Any]]:
    """The clauses of the small rulebook as data, to be changed."""
    found: list[dict[str, Any]] = json.loads(to_json(a_rulebook()))["sops"][0]["clauses"]
    return found


def stricter() -> Rulebook:
    """Kitchen knives are removed too, a disguised weapon costs more points."""
    every = clauses()
    every[0]["points"] = 48
    every.insert(2, {
        "id": "K-3", "title": text("Dao bếp", "Kitchen knife"), "when": {"item": "kitchen_knife"},
        "action": "remove_listing", "points": 3, "basis": ["policy"],
        "notice": text("Dao bếp bị gỡ. Khiếu nại trong 30 ngày.",
                       "Kitchen knives are removed. Appeal within 30 days."),
    })  # fmt: skip
    return changed(clauses=every)


def second_release(book: Rulebook | None = None, at: datetime | None = None) -> Release:
    """The stricter rulebook published, in force from `at` (now)."""
    return publish(book or stricter(), None, at)


def sent(mai: Any, release: Release, binds_at: datetime | None = None) -> Notice:
    """The one notice of a release, sent by Mai; its gate closes with the rules, or as told."""
    (notice,) = draft(release).notices.all()
    send([notice], mai, binds_at or max(release.effective_at, timezone.now()))
    forget()
    return Notice.objects.get(pk=notice.pk)


def taken(notice: Notice, who: Any, right: bool = True, seed: int = 1) -> Attempt:
    """A quiz of a person, all right or all wrong."""
    recipient = recipient_of(notice, who)
    assert recipient is not None
    acknowledge(recipient)
    attempt = begin_quiz(recipient, Random(seed))
    pair = pair_of_attempt(attempt)
    answers = []
    for question in attempt.questions:
        at = right_option(pair, question)
        answers.append(at if right else (at + 1) % len(question["options"]))
    return mark_quiz(attempt, answers)


def row_of(notice: Notice, who: Any) -> Recipient:
    """A person's row of a notice."""
    return Recipient.objects.get(notice=notice, person=who)


def soon(hours: float = 1) -> datetime:
    """So many hours from now."""
    return timezone.now() + timedelta(hours=hours)


def reworded() -> Rulebook:
    """Only the guidance of one question reads differently."""
    facts: dict[str, Any] = json.loads(to_json(a_rulebook()))["sops"][0]["facts"]
    facts["item"]["guidance"]["vi"] = "Nhìn **lưỡi dao thật**."
    return changed(facts=facts)
