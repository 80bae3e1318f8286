"""What stands beside the table: the texts of one clause, of the SOP, of a question, in every
language side by side, with what is out of date marked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from brightline.editing.units import keys_of
from brightline.exchange.yaml_text import flow
from brightline.i18n import N_, _
from brightline.workbench.drafts.form.facts import Data, listed, mapping

Place = tuple[str, ...]
Shape = tuple[str, str, int, bool, str]
"""A text's key, label, rows, whether it is wanted, and help."""


@dataclass(frozen=True, slots=True)
class Looking:
    """How a file's texts are looked at: in which languages, against what stood there before.

    `fine` are the texts of which someone said that they need no change: by `mark`, in words who.
    """

    languages: list[str]
    fine: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """A text in one language. `late`: another language changed in this draft, this one did not."""

    language: str
    place: Place
    text: str
    late: bool
    missing: bool
    settled: str = ""
    """Who said that it needs no change though another language changed, and when."""
    mark: str = ""

    @property
    def id(self) -> str:
        """A name for its field on the page."""
        return "/".join(self.place)


@dataclass(frozen=True, slots=True)
class Texts:
    """A text in every language of the rulebook; `rows` is how tall its field is."""

    label: str
    sides: tuple[Said, ...]
    rows: int
    wanted: bool
    help: str = ""

    @property
    def late(self) -> bool:
        """Whether one language has been left behind."""
        return any(one.late for one in self.sides)


_OF_CLAUSE = (
    ("title", N_("Title"), 2, True, ""),
    ("notice", N_("Notice to the seller"), 6, False,
     N_("What was done, why, and how to put it right or appeal.")),
    ("note", N_("Note for moderators"), 3, False, ""),
)  # fmt: skip
_OF_SOP = (("title", N_("Title"), 2, True, ""), ("purpose", N_("Purpose"), 6, True, ""))
_OF_FACT = (
    ("title", N_("Short name"), 1, False, ""),
    ("ask", N_("Question to the moderator"), 2, True, ""),
    ("guidance", N_("How to tell"), 8, False,
     N_("Lists and **bold** are allowed (Markdown): where to look, look-alikes.")),
)  # fmt: skip


def clause_texts(clause: Data, before: Data | None, looking: Looking, path: Place) -> list[Texts]:
    """The texts of a clause."""
    return list(_texts(_OF_CLAUSE, clause, before, looking, path))


def sop_texts(sop: Data, before: Data | None, looking: Looking) -> list[Texts]:
    """The texts of the SOP as a whole."""
    return list(_texts(_OF_SOP, sop, before, looking, ()))


def fact_texts(fact: Data, before: Data | None, looking: Looking, path: Place) -> list[Texts]:
    """The texts of a question."""
    return list(_texts(_OF_FACT, fact, before, looking, path))


def example_texts(example: Data, before: Data | None, looking: Looking, path: Place) -> list[Texts]:
    """The text of an example."""
    shape = (("text", N_("The case"), 2, True, ""),)
    return list(_texts(shape, example, before, looking, path))


def option_texts(
    fact: Data, before: Data | None, looking: Looking, path: Place
) -> list[tuple[str, Texts]]:
    """The words of each option of a question, by its id."""
    options, olds = mapping(fact.get("options")), mapping((before or {}).get("options"))
    found = []
    for name, option in options.items():
        if isinstance(option, dict):
            said = {code: option[code] for code in looking.languages if code in option}
            old = mapping(olds.get(name))
            was = {name: {code: old[code] for code in looking.languages if code in old}}
            shape = (name, name, 1, True, "")
            here = texts_at(shape, {name: said}, was if before is not None else None, looking,
                            (*path, "options"))  # fmt: skip
            found.append((name, here))
    return found


def _texts(
    shapes: tuple[Shape, ...], part: Data, before: Data | None, looking: Looking, path: Place
) -> Iterator[Texts]:
    for key, label, rows, wanted, help_ in shapes:
        shape = (key, _(label), rows, wanted, _(help_) if help_ else "")
        yield texts_at(shape, part, before, looking, path)


def texts_at(shape: Shape, part: Data, before: Data | None, looking: Looking, path: Place) -> Texts:
    """One text of a part, at its key; label and help are in the language in force already."""
    key, label, rows, wanted, help_ = shape
    now = mapping(part.get(key))
    old = mapping((before or {}).get(key))
    sides = []
    for code in looking.languages:
        place = (*path, key, code)
        late = before is not None and is_late(now, old, code)
        settled = looking.fine.get(mark(place, now), "") if late else ""
        missing = bool(now) and not now.get(code)
        sides.append(
            Said(
                code,
                place,
                _plain(now.get(code)),
                late and not settled,
                missing,
                settled,
                mark(place, now) if late else "",
            )
        )
    return Texts(label, tuple(sides), rows, wanted, help_)


def mark(place: Place, now: Data) -> str:
    """What one language of a text is known by, with all that its languages say now: a SHA-256."""
    said = {str(code): _plain(words) for code, words in sorted(now.items())}
    return hashlib.sha256(flow([list(place), said]).encode()).hexdigest()


def is_late(now: Data, old: Data, code: str) -> bool:
    """Whether a language still says what it said, though another one changed since.

    A text that is new in every language is late in none.
    """
    if not old or now.get(code) != old.get(code) or not now.get(code):
        return False
    return any(now.get(other) != old.get(other) for other in {*now, *old} - {code})


def late_places(now: Any, old: Any, looking: Looking, path: Place = ()) -> Iterator[Place]:
    """Every place in a file where a language was left behind, but for what is fine as it is."""
    if isinstance(now, dict):
        known = mapping(old)
        texts = [code for code in looking.languages if code in now]
        if texts and all(isinstance(value, (str, int, float)) for value in now.values()):
            for code in texts:
                place = (*path, code)
                if is_late(now, known, code) and mark(place, now) not in looking.fine:
                    yield place
            return
        for key, value in now.items():
            yield from late_places(value, known.get(key), looking, (*path, str(key)))
    elif isinstance(now, list):
        olds = dict(zip(keys_of(listed(old)), listed(old), strict=True))
        for name, value in zip(keys_of(now), now, strict=True):
            yield from late_places(value, olds.get(name), looking, (*path, name))


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
