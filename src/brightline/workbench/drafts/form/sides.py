"""What stands beside the table: the texts of one clause, of the SOP, of a question, in every
language side by side, with what is out of date marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from brightline.i18n import N_, _
from brightline.workbench.drafts.form.facts import Data, listed, mapping

Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A text in one language. `late`: another language changed in this draft, this one did not."""

    language: str
    place: Place
    text: str
    late: bool
    missing: bool

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


def clause_texts(
    clause: Data, before: Data | None, languages: list[str], path: Place
) -> list[Texts]:
    """The texts of a clause."""
    return list(_texts(_OF_CLAUSE, clause, before, languages, path))


def sop_texts(sop: Data, before: Data | None, languages: list[str]) -> list[Texts]:
    """The texts of the SOP as a whole."""
    return list(_texts(_OF_SOP, sop, before, languages, ()))


def fact_texts(fact: Data, before: Data | None, languages: list[str], path: Place) -> list[Texts]:
    """The texts of a question."""
    return list(_texts(_OF_FACT, fact, before, languages, path))


def example_texts(
    example: Data, before: Data | None, languages: list[str], path: Place
) -> list[Texts]:
    """The text of an example."""
    shape = (("text", N_("The case"), 2, True, ""),)
    return list(_texts(shape, example, before, languages, path))


def _texts(
    shapes: tuple[tuple[str, str, int, bool, str], ...],
    part: Data,
    before: Data | None,
    languages: list[str],
    path: Place,
) -> Iterator[Texts]:
    for key, label, rows, wanted, help_ in shapes:
        now = mapping(part.get(key))
        old = mapping((before or {}).get(key))
        sides = tuple(
            Said(code, (*path, key, code), _plain(now.get(code)),
                 before is not None and is_late(now, old, code), bool(now) and not now.get(code))
            for code in languages
        )  # fmt: skip
        yield Texts(_(label), sides, rows, wanted, _(help_) if help_ else "")


def is_late(now: Data, old: Data, code: str) -> bool:
    """Whether a language still says what it said, though another one changed since.

    A text that is new in every language is late in none.
    """
    if not old or now.get(code) != old.get(code) or not now.get(code):
        return False
    return any(now.get(other) != old.get(other) for other in {*now, *old} - {code})


def late_places(now: Any, old: Any, languages: list[str], path: Place = ()) -> Iterator[Place]:
    """Every place in a file where a language was left behind."""
    if isinstance(now, dict):
        known = mapping(old)
        texts = [code for code in languages if code in now]
        if texts and all(isinstance(value, (str, int, float)) for value in now.values()):
            for code in texts:
                if is_late(now, known, code):
                    yield (*path, code)
            return
        for key, value in now.items():
            yield from late_places(value, known.get(key), languages, (*path, str(key)))
    elif isinstance(now, list):
        olds = {_name(one): one for one in listed(old)}
        for number, value in enumerate(now):
            name = _name(value) or f"#{number}"
            yield from late_places(value, olds.get(_name(value)), languages, (*path, name))


def _name(item: Any) -> str:
    return str(mapping(item).get("id") or "")


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
