"""The follow-up steps of a clause: what is to be done, by whom, within what time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from brightline.i18n import N_, _
from brightline.rulebook.model import seconds
from brightline.rulebook.telling_words import length_of_time
from brightline.workbench.drafts.form.facts import Data, listed, mapping
from brightline.workbench.drafts.form.sides import Looking, Texts, texts_at

UNITS = {"m": N_("minutes"), "h": N_("hours"), "d": N_("days")}
"""What a time is chosen in."""


@dataclass(frozen=True, slots=True)
class Length:
    """A time as written: a count and its unit; `fine` that it can be read as both."""

    count: str
    unit: str
    raw: str

    @property
    def fine(self) -> bool:
        """Whether it is nothing, or a number of a known unit."""
        return not self.raw or bool(self.count)


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `place` is the path of its entry, as the page sends it."""

    number: int
    place: str
    texts: Texts
    role: str
    within: Length


def steps_of(
    clause: Data, before: Data | None, looking: Looking, path: tuple[str, ...]
) -> list[Step]:
    """The steps of a clause, in order; of what is no step nothing is shown."""
    olds = [mapping(one) for one in listed((before or {}).get("then"))]
    found = []
    for number, one in enumerate(listed(clause.get("then"))):
        place = (*path, "then", f"#{number}")
        old = olds[number] if number < len(olds) else {}
        shape = ("do", _("Step {n}: what is to be done").format(n=number + 1), 2, True, "")
        said = texts_at(shape, mapping(one), old if before is not None else None, looking,
                        (*path, "then", f"#{number}"))  # fmt: skip
        step = mapping(one)
        found.append(Step(number, "/".join(place), said, str(step.get("role", "")),
                          length_of(step.get("within"))))  # fmt: skip
    return found


def length_of(raw: Any) -> Length:
    """`24h` as a count and a unit."""
    text = "" if raw is None else str(raw).strip()
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([mhd])", text)
    return Length(match[1], match[2], text) if match else Length("", "h", text)


def steps_in_words(clause: Data, roles: Data, language: str) -> tuple[str, ...]:
    """Each step as a chip has it: who, and within what time."""
    said = []
    for step in map(mapping, listed(clause.get("then"))):
        role = str(step.get("role", ""))
        titles = mapping(roles.get(role))
        who = str(titles.get(language) or next(iter(titles.values()), role)) or "?"
        try:
            time = length_of_time(seconds(step["within"])) if step.get("within") else ""
        except ValueError:
            time = str(step["within"])
        said.append(f"{who} · {time}" if time else who)
    return tuple(said)
