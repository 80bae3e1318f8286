"""A definition that no case can meet defines nothing."""

from __future__ import annotations

from collections.abc import Iterator

from brightline.i18n import _
from brightline.rulebook.boxes import Box, FactKey, boxes_of
from brightline.rulebook.columns import Column
from brightline.rulebook.laws.occasion import Occasion
from brightline.rulebook.model import Fact, Sop
from brightline.rulebook.problems import Problem
from brightline.rulebook.proving.space import Space


def problems(at: Occasion) -> Iterator[Problem]:
    for sop in at.rulebook.sops:
        for name in sop.definitions:
            if not _possible(at, sop, name):
                yield at.at_sop(
                    "BL-611",
                    sop,
                    ("definitions", name),
                    _("no case can meet the definition {name}").format(name=name),
                    _("its conditions exclude one another; mend them, or delete it"),
                    [("definition", name)],
                    key=True,
                )


def _possible(at: Occasion, sop: Sop, name: str) -> bool:
    """Whether `impossible` leaves some case that meets a definition."""
    facts: dict[FactKey, Fact] = {
        (None, shared): fact for shared, fact in at.rulebook.facts.items()
    }
    facts |= {(sop.sop, own): fact for own, fact in sop.facts.items()}
    meant = boxes_of(sop.definitions[name], sop, facts)
    never: list[Box] = []
    if at.rulebook.impossible:
        never += boxes_of(at.rulebook.impossible, None, facts)
    if sop.impossible:
        never += boxes_of(sop.impossible, sop, facts)
    if not meant or not never:
        return bool(meant)
    columns = [
        Column.of(key[1], key, fact, (box[key] for box in (*meant, *never) if key in box))
        for key, fact in facts.items()
    ]
    places = {column.key: place for place, column in enumerate(columns)}

    def coded(box: Box) -> dict[int, int]:
        return {places[key]: columns[places[key]].holds(values) for key, values in box.items()}

    space = Space(columns, [coded(box) for box in meant], [coded(box) for box in never])
    with space.solver([space.holds]) as solver:
        return bool(solver.solve())
