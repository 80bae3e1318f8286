"""What is proved of an SOP is what trying every case shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

from hypothesis import event, given

from brightline.rulebook.model import Clause, Hit, Rulebook, Sop
from brightline.rulebook.proving.across import SubjectProofs
from brightline.rulebook.proving.conflicts import conflicts
from brightline.rulebook.proving.mattering import facts_tested, facts_that_never_matter
from brightline.rulebook.proving.redundancy import redundant_clauses
from brightline.rulebook.proving.sop_proofs import SopProofs
from brightline.rulebook.proving.space import World
from brightline.rulebook.table import Table

from .reference import any_holds, holds, values_of, winner
from .strategies import THRESHOLDS, rulebooks

TODAY = date(2026, 11, 23)
Facts = dict[str, object]


def full_name(key: tuple[str | None, str]) -> str:
    return key[1] if key[0] is None else f"{key[0]}.{key[1]}"


def every_case(rulebook: Rulebook, table: Table) -> list[Facts]:
    """Every case of a table that `impossible` allows, facts by full name."""
    names = [full_name(column.key) for column in table.columns]
    values = [values_of(rulebook, column.fact, THRESHOLDS) for column in table.columns]
    ruled_out = [(None, c) for c in rulebook.impossible]
    ruled_out += [(sop, c) for sop in rulebook.sops for c in sop.impossible]
    cases = (dict(zip(names, chosen, strict=True)) for chosen in product(*values))
    return [f for f in cases if not any(holds(rulebook, s, c, f) for s, c in ruled_out)]


def met(rulebook: Rulebook, sop: Sop, facts: Facts) -> list[Clause]:
    """The clauses that hold, `otherwise` apart; none out of scope."""
    if not any_holds(rulebook, sop, sop.scope, facts):
        return []
    return [c for c in sop.clauses if not c.otherwise and any_holds(rulebook, sop, c.when, facts)]


def outcome_of(rulebook: Rulebook, clause: Clause | None) -> str:
    """What counts of a clause: itself if it finds fault, else the action."""
    if clause is None:
        return rulebook.default_action
    return clause.id if rulebook.actions[clause.action].violation else clause.action


def inside(table: Table, box: World, facts: Facts) -> bool:
    """Whether a case lies in a box."""
    return all(
        cell >> table.columns[p].code(facts[full_name(table.columns[p].key)]) & 1
        for p, cell in box.items()
    )


def sops_of(rulebook: Rulebook) -> Iterator[tuple[Table, Sop, SopProofs, list[Facts]]]:
    table = Table(rulebook, "listing", TODAY)
    cases = every_case(rulebook, table)
    for segment in table.segments:
        yield table, segment.sop, SopProofs(table, segment), cases


@given(rulebooks())
def test_clauses_that_win_and_clauses_that_never_do(rulebook: Rulebook) -> None:
    for table, sop, proofs, cases in sops_of(rulebook):
        names = {index: table.clauses[index].clause for index in proofs.clauses}
        won = {c.id for f in cases if (c := winner(rulebook, sop, f)) and not c.otherwise}
        assert {names[index].id for index in proofs.winning} == won
        for index in proofs.winning:
            world = proofs.won_by(index)
            shown = [f for f in cases if inside(table, world, f)]
            assert shown
            assert all(winner(rulebook, sop, f).id == names[index].id for f in shown)
        for dead in proofs.dead:
            event("dead")
            clause = names[dead.clause]
            assert clause.id not in won
            beaten = {names[index].id for index in dead.beaten_by}
            holding = [f for f in cases if clause in met(rulebook, sop, f)]
            assert bool(holding) == bool(beaten)
            for f in holding:
                assert beaten & {c.id for c in met(rulebook, sop, f)}
        assert len(proofs.winning) + len(proofs.dead) == sum(
            not c.otherwise for c in names.values()
        )


@given(rulebooks())
def test_gaps_are_the_cases_that_no_clause_meets(rulebook: Rulebook) -> None:
    for table, sop, proofs, cases in sops_of(rulebook):
        empty = [
            f for f in cases if any_holds(rulebook, sop, sop.scope, f) and not met(rulebook, sop, f)
        ]
        assert proofs.has_gap == bool(empty)
        boxes = list(proofs.gaps(most=500))
        assert len(boxes) < 500
        in_scope = [f for f in cases if any_holds(rulebook, sop, sop.scope, f)]
        for f in in_scope:
            assert any(inside(table, box, f) for _world, box in boxes) == (f in empty)
        for world, _box in boxes:
            assert any(inside(table, world, f) for f in empty)


@given(rulebooks())
def test_conflicts_are_the_pairs_that_nothing_decides_between(rulebook: Rulebook) -> None:
    severity = {name: action.severity for name, action in rulebook.actions.items()}
    for table, sop, proofs, cases in sops_of(rulebook):
        expected = set()
        for f in cases:
            holding = met(rulebook, sop, f)
            worst = max((severity[c.action] for c in holding), default=0)
            expected |= {
                frozenset((a.id, b.id))
                for a in holding
                for b in holding
                if a.id != b.id
                and (
                    sop.hit is Hit.UNIQUE
                    or (
                        sop.hit is Hit.MOST_SEVERE
                        and severity[a.action] == severity[b.action] == worst
                        and a.action != b.action
                    )
                )
            }
        found = list(conflicts(proofs))
        ids = [
            frozenset((table.clauses[c.first].clause.id, table.clauses[c.second].clause.id))
            for c in found
        ]
        assert len(set(ids)) == len(ids)
        assert set(ids) == expected
        for conflict, pair in zip(found, ids, strict=True):
            event("conflict")
            shown = [f for f in cases if inside(table, conflict.world, f)]
            assert shown
            assert all(pair <= {c.id for c in met(rulebook, sop, f)} for f in shown)


@given(rulebooks())
def test_redundant_clauses_change_nothing_when_they_go(rulebook: Rulebook) -> None:
    def outcome(clause: Clause | None) -> object:
        return clause and (clause.action, clause.points)

    for table, sop, proofs, cases in sops_of(rulebook):
        found = {table.clauses[r.clause].clause.id for r in redundant_clauses(proofs)}
        for index in proofs.winning:
            clause = table.clauses[index].clause
            rest = tuple(c for c in sop.clauses if c.id != clause.id)
            without = sop.model_copy(update={"clauses": rest})
            same = all(
                outcome(winner(rulebook, sop, f)) == outcome(winner(rulebook, without, f))
                for f in cases
            )
            event(f"redundant: {same}")
            assert (clause.id in found) == same


@given(rulebooks())
def test_a_fact_matters_where_nothing_but_it_changes_the_outcome(rulebook: Rulebook) -> None:
    for table, sop, proofs, cases in sops_of(rulebook):
        tested = facts_tested(proofs)
        idle = set(facts_that_never_matter(proofs, tested))
        for place in tested:
            name = full_name(table.columns[place].key)
            won: dict[tuple[object, ...], set[str]] = {}
            for f in cases:
                rest = tuple(value for key, value in f.items() if key != name)
                clause = winner(rulebook, sop, f)
                won.setdefault(rest, set()).add(outcome_of(rulebook, clause))
            matters = any(len(ids) > 1 for ids in won.values())
            event(f"matters: {matters}")
            assert (place in idle) == (not matters)


@given(rulebooks())
def test_sops_clash_and_overrule_where_trying_every_case_shows_it(rulebook: Rulebook) -> None:
    table = Table(rulebook, "listing", TODAY)
    proofs = SubjectProofs(table)
    severity = {name: action.severity for name, action in rulebook.actions.items()}
    clashing, left_alone, decided = set(), set(), set()
    for f in every_case(rulebook, table):
        won = [(s.sop, c) for s in rulebook.sops if (c := winner(rulebook, s, f))]
        worst = max((severity[c.action] for _sop, c in won), default=0)
        top = [(sop, c) for sop, c in won if severity[c.action] == worst]
        clashing |= {
            (*sorted((a, b)), *sorted((c.action, d.action)))
            for a, c in top
            for b, d in top
            if a != b and c.action != d.action
        }
        for sop, c in won:
            decided.add((sop, c.id))
            if not any(rulebook.actions[d.action].violation for other, d in won if other != sop):
                left_alone.add((sop, c.id))
    told = set()
    for clash in proofs.clashes():
        event("clash")
        one, other = table.clauses[clash.first], table.clauses[clash.second]
        actions = sorted((one.clause.action, other.clause.action))
        told.add((*sorted((one.sop.sop, other.sop.sop)), *actions))
    assert told == clashing
    found = {
        (table.clauses[o.clause].sop.sop, table.clauses[o.clause].clause.id)
        for o in proofs.overruled()
    }
    expected = {
        (of.sop.sop, of.clause.id)
        for of in table.clauses
        if (of.sop.sop, of.clause.id) in decided - left_alone
        and not of.violation
        and not of.clause.otherwise
        and not rulebook.actions[of.clause.action].person
    }
    event(f"overruled: {len(expected)}")
    assert found == expected
