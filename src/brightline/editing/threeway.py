"""Two people's changes of one file, brought together: by clause where it is YAML, else by line.

Each starts from the same text. What only one of them changed is taken; where both changed the same
piece to different things, that is a conflict, and a person chooses. Nothing is ever dropped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from brightline.editing.inline import merged_inline
from brightline.editing.lines import merged_lines
from brightline.editing.units import Key, NotYaml, Unit, render, units_of

Path = tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """One piece that both changed: its path (empty: the file), and the three texts of it.

    An empty text: it was not there, or was deleted.
    """

    path: Path
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The text that holds both changes; of a clash it holds `theirs`."""

    text: str
    clashes: tuple[Clash, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing is left to choose."""
        return not self.clashes


def merge(base: str, mine: str, theirs: str) -> Merge:
    """The changes from `base` to `mine` and from `base` to `theirs` in one text."""
    if mine in (theirs, base):
        return Merge(theirs)
    if theirs == base:
        return Merge(mine)
    try:
        merger = _Merger()
        found = merger.unit((), units_of(base), units_of(mine), units_of(theirs))
        text = render(found) if found is not None else ""
    except NotYaml:
        return by_lines(base, mine, theirs)
    if not merger.clashes and not _holds_up(text):
        return by_lines(base, mine, theirs)
    return Merge(text, tuple(merger.clashes))


def by_lines(base: str, mine: str, theirs: str) -> Merge:
    """The same line by line, as version control does it."""
    text = merged_lines(base, mine, theirs)
    if text is not None:
        return Merge(text)
    return Merge(theirs, (Clash((), base, mine, theirs),))


def chosen(merge: Merge, choices: dict[Path, str]) -> str:
    """The text with what a person chose for each clash (all of its text, or empty: none).

    Raises `KeyError` where one has no choice yet, or its place is not in the file any more.
    """
    text = merge.text
    for clash in merge.clashes:
        text = _put(text, clash, choices[clash.path])
    return text


def _put(text: str, clash: Clash, wanted: str) -> str:
    if not clash.path:
        return wanted
    if wanted == clash.theirs:
        return text
    if clash.theirs:
        count = text.count(clash.theirs)
        if count != 1:
            root = units_of(text)
            marked = root.changed(clash.path, lambda unit: Unit(unit.key, head="\0"))
            return render(marked).replace("\0", wanted)
        return text.replace(clash.theirs, wanted)
    root = units_of(text)
    piece = Unit(clash.path[-1], head=wanted)
    if len(clash.path) == 1:
        return render(replace(root, children=(*(root.children or ()), piece)))
    return render(
        root.changed(
            clash.path[:-1],
            lambda unit: replace(unit, children=(*(unit.children or ()), piece)),
        )
    )


def _holds_up(text: str) -> bool:
    try:
        units_of(text)
    except NotYaml:
        return False
    return True


class _Merger:
    """Walks three trees at once and collects what both changed."""

    def __init__(self) -> None:
        self.clashes: list[Clash] = []

    def unit(
        self, path: Path, base: Unit | None, mine: Unit | None, theirs: Unit | None
    ) -> Unit | None:
        """The merged unit; None where it is gone."""
        said = [_text(one) for one in (base, mine, theirs)]
        if said[1] in (said[0], said[2]):
            return theirs
        if said[2] == said[0]:
            return mine
        if mine is not None and theirs is not None:
            found = self._both(path, base, mine, theirs)
            if found is not None:
                return found
        self.clashes.append(Clash(path, *said))
        return theirs

    def _both(self, path: Path, base: Unit | None, mine: Unit, theirs: Unit) -> Unit | None:
        """Both have it and changed it: inside, if it can be told apart; None where it cannot."""
        lead = _side(base.lead if base else "", mine.lead, theirs.lead)
        if mine.children is not None and theirs.children is not None:
            inner = base if base is not None and base.children is not None else None
            if mine.dash != theirs.dash or mine.is_list != theirs.is_list:
                return None
            head = _side(base.head if base else "", mine.head, theirs.head)
            tail = _side(base.tail if base else "", mine.tail, theirs.tail)
            order = _order(inner.keys() if inner else [], mine.keys(), theirs.keys())
            if lead is None or head is None or tail is None or order is None:
                return None
            children = []
            for key in order:
                child = self.unit(
                    (*path, key), inner.child(key) if inner else None,
                    mine.child(key), theirs.child(key),
                )  # fmt: skip
                if child is not None:
                    children.append(child)
            return replace(theirs, lead=lead, head=head, tail=tail, children=tuple(children))
        if base is None or lead is None or None not in (mine.children, theirs.children):
            return None
        if mine.head == theirs.head:
            return replace(theirs, lead=lead)
        text = merged_inline(base.head, mine.head, theirs.head)
        return replace(theirs, lead=lead, head=text) if text is not None else None


def _text(unit: Unit | None) -> str:
    return "" if unit is None else render(unit)


def _side(base: str, mine: str, theirs: str) -> str | None:
    """What only one changed; None where both did."""
    if mine in (base, theirs):
        return theirs
    return mine if theirs == base else None


def _order(base: list[Key], mine: list[Key], theirs: list[Key]) -> list[Key] | None:
    """All keys in an order that both would know again; None where both moved things.

    What one added stands behind what it stood behind there.
    """
    kept = [key for key in base if key in mine and key in theirs]
    moved_by_me = _only(mine, kept) != kept
    moved_by_them = _only(theirs, kept) != kept
    if moved_by_me and moved_by_them and _only(mine, kept) != _only(theirs, kept):
        return None
    first, second = (mine, theirs) if moved_by_me else (theirs, mine)
    order = list(first)
    for number, key in enumerate(second):
        if key not in order:
            before = next((one for one in reversed(second[:number]) if one in order), None)
            place = order.index(before) + 1 if before is not None else 0
            while place < len(order) and order[place] not in second and order[place] not in base:
                place += 1
            order.insert(place, key)
    return order


def _only(keys: Iterable[Key], kept: Iterable[Key]) -> list[Key]:
    wanted = set(kept)
    return [key for key in keys if key in wanted]
