"""Two questions, clauses or options that read the same cannot be told apart by who reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brightline.i18n import _
from brightline.rulebook.laws.occasion import About, Occasion
from brightline.rulebook.laws.texts import Role, Written, texts_of
from brightline.rulebook.nodes import Path as Place
from brightline.rulebook.problems import Problem

Key = tuple[Role, object, str, str]


def problems(at: Occasion) -> Iterator[Problem]:
    for sop in at.rulebook.sops:
        first: dict[Key, Written] = {}
        for written in texts_of(sop):
            for key in _keys(written):
                earlier = first.setdefault(key, written)
                if earlier is not written:
                    message = _("“{text}” stands twice: for {one} and for {other}")
                    yield at.at_sop(
                        "BL-520",
                        sop,
                        (*written.place, key[2]),
                        message.format(
                            text=key[3], one=_name(earlier.place), other=_name(written.place)
                        ),
                        _("say in each what sets it apart"),
                        _both(written.about, earlier.about),
                        key=True,
                    )
                    break


def _keys(written: Written) -> Iterable[Key]:
    """What must not stand twice: a title among clauses or facts, a question, options of a fact."""
    if written.role is Role.TITLE and len(written.place) > 1:
        group: object = written.place[0]
    elif written.role is Role.QUESTION:
        group = None
    elif written.role is Role.OPTION:
        group = written.place[:-1]
    else:
        return []
    return [(written.role, group, code, text.strip()) for code, text in written.text.items()]


def _both(one: About, other: About) -> list[About]:
    return [one] if one == other else [one, other]


def _name(place: Place) -> str:
    """What a text belongs to, by its place: `clauses[3]`, `item.accessory`."""
    steps = [str(step) for step in place if step not in ("facts", "options", "title", "ask")]
    return ".".join(steps[:3]) if place[0] == "facts" else f"{place[0]}[{place[1]}]"
