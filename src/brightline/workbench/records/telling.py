"""An event in words: what it was done to, what was before, what is after."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from brightline.i18n import LANGUAGES, N_, _, format_number, language
from brightline.rulebook.telling_words import in_language
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.roles import TITLES as ROLE_TITLES
from brightline.workbench.accounts.roles import Role
from brightline.workbench.accounts.roles import title as role_title
from brightline.workbench.audit.models import Event
from brightline.workbench.cases.models import How, Source, TaskKind
from brightline.workbench.cases.models.case import Case
from brightline.workbench.cases.naming import queue_words
from brightline.workbench.cases.routing import URGENCIES
from brightline.workbench.look.environment import moment
from brightline.workbench.records.labels import LABELS, THINGS
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of
from brightline.workbench.sellers.models import StatementKind

_WORDS = {"given": N_("given by an administrator"), "chosen": N_("chosen by the person")}


class Teller:
    """Puts a page of events into words; reads the people and cases they name at once."""

    def __init__(self, events: list[Event]) -> None:
        people = {e.actor_id for e in events} | {
            int(e.on_id) for e in events if e.on_type == "person" and e.on_id.isdecimal()
        }
        for event in events:
            for side in (event.before, event.after):
                if isinstance(side, dict) and isinstance(side.get("person"), int):
                    people.add(side["person"])
        self.people = User.objects.in_bulk([pk for pk in people if pk is not None])
        self.cases = Case.objects.only("pk", "ref", "market").in_bulk(
            {e.case_id for e in events if e.case_id}
        )

    def actor(self, event: Event) -> str:
        """Who did it; the workbench itself where nobody did."""
        if event.actor_id is None:
            return _("Brightline itself")
        return str(self.people.get(event.actor_id, f"#{event.actor_id}"))

    def thing(self, event: Event) -> str:
        """What it was done to."""
        if event.on_type == "person" and event.on_id.isdecimal():
            return str(self.people.get(int(event.on_id), f"#{event.on_id}"))
        if event.on_type == "queue":
            market, _slash, queue = event.on_id.partition("/")
            return f"{market} · {queue_words(market, queue)}"
        name = _(THINGS[event.on_type]) if event.on_type in THINGS else event.on_type
        return f"{name} {event.on_id}".strip()

    def side(self, event: Event, kept: Any) -> list[tuple[str, str]]:
        """What was before or is after, as labels and words."""
        if kept is None:
            return []
        if not isinstance(kept, Mapping):
            return [("", self._value(event, "", kept))]
        return [
            (self._label(event, key), self._value(event, key, value)) for key, value in kept.items()
        ]

    def _label(self, event: Event, key: str) -> str:
        if key == "kind" and event.on_type == "statement":
            return _("Kind of statement")
        return _(LABELS[key]) if key in LABELS else key

    def _value(self, event: Event, key: str, value: Any) -> str:
        if value is None or value in ("", []):
            return "–"
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if key in ("queue", "from") and isinstance(value, str):
            case = self.cases.get(event.case_id or 0)
            market = case.market if case else event.on_id.partition("/")[0]
            return queue_words(market, value)
        if key in ("action", "rules", "subject") and isinstance(value, str):
            return self._titled(event, "subjects" if key == "subject" else "actions", value)
        if key == "clauses" and isinstance(value, list):
            named = [c for c in value if isinstance(c, str)]
            found = [c for c in value if isinstance(c, dict) and c.get("violation")]
            return ", ".join([*named, *(str(c["clause"]) for c in found)]) or "–"
        if key == "kind" and event.on_type == "statement" and value in StatementKind.values:
            return StatementKind(value).words
        if key == "person" and isinstance(value, int):
            return str(self.people.get(value, f"#{value}"))
        if key == "urgency" and value in URGENCIES:
            return _(URGENCIES[value])
        if key.endswith("_share") and isinstance(value, (int, float)):
            return f"{format_number(round(value * 100, 1))}%"
        if key == "link":
            return _("kept for the seller alone")  # whoever has it reads the seller's page
        if key in ("sha", "sha256", "digest"):
            return str(value)[:12]
        if isinstance(value, dict) and value.keys() <= set(LANGUAGES):
            return in_language(value, language())
        return _enumerated(key, value)

    def _titled(self, event: Event, parts: str, value: str) -> str:
        """The title of an action or a subject in the event's own rulebook."""
        try:
            book = engine_of(event.rulebook).rulebook
        except NoRulebook:
            return value
        known = getattr(book, parts).get(value)
        return in_language(known.title, language(), value) if known else value


def _enumerated(key: str, value: Any) -> str:
    """A value that has words of its own; else as it is kept."""
    if isinstance(value, str):
        if (at := _moment_in(value)) is not None:
            return moment(at)
        if key == "role" and value in {r.value for r in ROLE_TITLES}:
            return role_title(Role(value))
        kinds: dict[str, type[How] | type[TaskKind] | type[Source]] = {
            "how": How, "kind": TaskKind, "source": Source,
        }  # fmt: skip
        if key in kinds and value in kinds[key].values:
            return kinds[key](value).words
        return _(_WORDS[value]) if value in _WORDS else value
    if isinstance(value, (int, float)):
        return format_number(value)
    if isinstance(value, list) and all(isinstance(one, (str, int)) for one in value):
        shown = ", ".join(str(one) for one in value[:20])
        return f"{shown} …" if len(value) > 20 else shown
    return json.dumps(value, ensure_ascii=False)


def _moment_in(value: str) -> datetime | None:
    """The moment that a text is, as events keep one; None for any other text."""
    if len(value) < 20 or "T" not in value:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None
