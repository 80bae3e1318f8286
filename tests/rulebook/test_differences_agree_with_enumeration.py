"""What is said to change between two versions is what trying every case shows, no more, no less."""

from __future__ import annotations

from datetime import date
from itertools import product

from hypothesis import event, given, settings
from hypothesis import strategies as st

from brightline.rulebook.comparing.regions import Change, Kind, SopDifference
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.comparing.side import NOTHING
from brightline.rulebook.comparing.tables import differences
from brightline.rulebook.model import Clause, Rulebook, Sop
from brightline.rulebook.table import Table
from tests.examples import some

from .reference import any_holds, holds, values_of, winner
from .strategies import THRESHOLDS, rulebooks

TODAY = date(2026, 11, 23)
Facts = dict[str, object]


def full_name(key: tuple[str | None, str]) -> str:
    return key[1] if key[0] is None else f"{key[0]}.{key[1]}"


def every_case(difference: SopDifference, *rulebooks: Rulebook) -> list[Facts]:
    """Every case over the joint columns that both versions allow."""
    columns = difference.columns
    names = [full_name(column.key) for column in columns]
    values = [values_of(rulebooks[0], column.fact, THRESHOLDS) for column in columns]
    cases = [dict(zip(names, chosen, strict=True)) for chosen in product(*values)]
    for book in rulebooks:
        ruled_out = [(None, c) for c in book.impossible]
        ruled_out += [(sop, c) for sop in book.sops for c in sop.impossible]
        cases = [f for f in cases if not any(holds(book, s, c, f) for s, c in ruled_out)]
    return cases


def inside(difference: SopDifference, box: dict[int, int], facts: Facts) -> bool:
    columns = difference.columns
    return all(
        cell >> columns[p].code(facts[full_name(columns[p].key)]) & 1 for p, cell in box.items()
    )


def label(clause: Clause | None) -> object:
    return clause and (clause.id, clause.action, clause.points)


def applies(book: Rulebook, sop: Sop | None, name: str, facts: Facts) -> bool:
    """Whether a clause of that id holds in a version of the SOP."""
    clause = next((c for c in sop.clauses if c.id == name), None) if sop else None
    if sop is None or clause is None or not any_holds(book, sop, sop.scope, facts):
        return False
    return clause.otherwise or any_holds(book, sop, clause.when, facts)


def tells(change: Change, then: Clause | None, now: Clause | None, old, new, facts: Facts) -> bool:
    """Whether a change is about a case that `then` decided and `now` decides."""
    (old_book, old_sop), (new_book, new_sop) = old, new
    still = then is not None and applies(new_book, new_sop, then.id, facts)
    before = now is not None and applies(old_book, old_sop, now.id, facts)
    if then is not None and now is not None and then.id == now.id:
        return change.kind is Kind.SAME_CLAUSE
    if then is not None and not still:
        return change.kind is Kind.NO_LONGER
    return change.kind is (Kind.OVERTAKES if before else Kind.NEWLY)


@settings(max_examples=some(30))
@given(st.data())
def test_every_difference_is_told_by_one_change_and_nothing_else_is(data: st.DataObject) -> None:
    old, new = data.draw(rulebooks()), data.draw(rulebooks())
    a, b = Table(old, "listing", TODAY), Table(new, "listing", TODAY)
    for name, difference in differences(a, b, Renames(old, new)):
        before = next((s for s in old.sops if s.sop == name), None)
        after = next((s for s in new.sops if s.sop == name), None)
        assert difference.untold() is None
        cases = every_case(difference, old, new)
        id_of = {
            index: difference.old.table.clauses[index].clause.id
            for index in difference.old.wins
            if index != NOTHING
        }
        now_of = {
            index: difference.new.table.clauses[index].clause.id
            for index in difference.new.wins
            if index != NOTHING
        }
        for facts in cases:
            then = winner(old, before, facts) if before else None
            now = winner(new, after, facts) if after else None
            telling = []
            for change in difference.changes:
                old_side = change.kind in (Kind.NO_LONGER, Kind.SAME_CLAUSE)
                told_by = id_of.get(change.clause) if old_side else now_of.get(change.clause)
                subject = then if old_side else now
                if (
                    subject is not None
                    and subject.id == told_by
                    and label(then) != label(now)
                    and tells(change, then, now, (old, before), (new, after), facts)
                ):
                    telling.append(change)
                    event(change.kind)
                    boxes = change.boxes
                    assert not boxes or any(inside(difference, box, facts) for box in boxes)
                elif subject is not None and subject.id == told_by and change.boxes:
                    assert not any(inside(difference, box, facts) for box in change.boxes) or (
                        label(then) != label(now)
                    )
            assert len(telling) == (label(then) != label(now))
        for change in difference.changes:
            for flow in change.flows:
                shown = [f for f in cases if inside(difference, flow.world, f)]
                assert shown
                for facts in shown:
                    then = winner(old, before, facts) if before else None
                    now = winner(new, after, facts) if after else None
                    assert (then and then.id) == id_of.get(flow.old)
                    assert (now and now.id) == now_of.get(flow.new)
                    assert label(then) != label(now)
