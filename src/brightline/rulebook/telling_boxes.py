"""Several boxes in words: what they have in common said once, then what each adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from brightline.rulebook.columns import Column
from brightline.rulebook.telling_words import Words, conditions


@dataclass(frozen=True)
class Where:
    """Some cases: what all of them have in common, and one of several things besides (if any)."""

    common: str
    either: tuple[str, ...] = ()


def told_boxes(
    words: Words, columns: Sequence[Column], boxes: Sequence[Mapping[int, int]]
) -> Where:
    """Boxes (column → atoms that pass) of which any may hold. No boxes: nothing to say."""
    if not boxes:
        return Where("")
    shared = {
        place: cell
        for place, cell in boxes[0].items()
        if all(box.get(place) == cell for box in boxes)
    }
    rest = [{p: cell for p, cell in box.items() if p not in shared} for box in boxes]
    either = tuple(_told(words, columns, box) for box in rest) if all(rest) else ()
    return Where(_told(words, columns, shared), either)


def _told(words: Words, columns: Sequence[Column], cells: Mapping[int, int]) -> str:
    return conditions([words.test(columns[place], cell) for place, cell in cells.items()])
