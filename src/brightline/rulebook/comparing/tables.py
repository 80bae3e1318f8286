"""Two tables compared, SOP by SOP."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brightline.rulebook.comparing.joint import Cells, Joint
from brightline.rulebook.comparing.regions import SopDifference
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.comparing.side import Side
from brightline.rulebook.proving.space import Space
from brightline.rulebook.table import Segment, Table


def differences(old: Table, new: Table, renames: Renames) -> Iterator[tuple[str, SopDifference]]:
    """Every SOP of either table with its difference; an SOP goes by its newer id."""
    joint = Joint.of(old, new, renames)
    now = {renames.sop_now(seg.sop.sop) or f"\0{seg.sop.sop}": seg for seg in old.segments}
    after = {seg.sop.sop: seg for seg in new.segments}
    for name in [*after, *(name for name in now if name not in after)]:
        yield name.lstrip("\0"), _of(joint, old, now.get(name), new, after.get(name), renames)


def _of(
    joint: Joint,
    old: Table,
    before: Segment | None,
    new: Table,
    after: Segment | None,
    renames: Renames,
) -> SopDifference:
    then = list(joint.old[before.start : before.stop]) if before else []
    now = list(joint.new[after.start : after.stop]) if after else []
    impossible = [*joint.old[old.rule_rows :], *joint.new[new.rule_rows :]]
    space = Space(joint.columns, [*then, *now], impossible)
    holds = list(space.holds)
    return SopDifference(
        joint.columns,
        space,
        Side.of(space, old, before, holds[: len(then)], renames),
        Side.of(space, new, after, holds[len(then) :]),
        _faults(old, before, then) + _faults(new, after, now),
    )


def _faults(table: Table, segment: Segment | None, cells: Sequence[Cells]) -> list[Cells]:
    """The boxes of the rules of an SOP that find fault."""
    if segment is None:
        return []
    rows = table.rows[segment.start : segment.stop]
    pairs = zip(rows, cells, strict=True)
    return [own for row, own in pairs if table.clauses[row.clause].violation]
