"""Where a fact begins or ceases to matter is where trying every value of it shows it."""

from __future__ import annotations

from datetime import date
from unittest import mock

from hypothesis import event, given, settings
from hypothesis import strategies as st

from brightline.rulebook.comparing.comparison import compare
from brightline.rulebook.model import Rulebook, Sop
from brightline.rulebook.table import Table
from tests.examples import some

from .reference import winner
from .strategies import rulebooks
from .test_differences_agree_with_enumeration import every_case, full_name, inside
from .test_proofs_agree_with_enumeration import every_case as cases_that_one_allows
from .test_proofs_agree_with_enumeration import outcome_of

TODAY = date(2026, 11, 23)
Facts = dict[str, object]
Rest = tuple[tuple[str, object], ...]


def cases_of(book: Rulebook) -> list[Facts]:
    """Every case that one version allows."""
    return cases_that_one_allows(book, Table(book, "listing", TODAY))


def scoped(book: Rulebook, sop: Sop | None) -> set[str]:
    """The facts that the scope of an SOP tests: known before it is looked at."""
    table = Table(book, "listing", TODAY)
    own = [segment for segment in table.segments if segment.sop is sop]
    places = {place for segment in own for box in segment.scope for place in box}
    return {full_name(table.columns[place].key) for place in places}


def rest_of(facts: Facts, name: str) -> Rest:
    """A case without one fact."""
    return tuple((key, value) for key, value in facts.items() if key != name)


def clauses_won(book: Rulebook, sop: Sop | None, cases: list[Facts], name: str) -> dict[Rest, set]:
    """For every case without one fact, what its values lead to."""
    found: dict[Rest, set] = {}
    for facts in cases:
        rest = rest_of(facts, name)
        clause = winner(book, sop, facts) if sop else None
        found.setdefault(rest, set()).add(outcome_of(book, clause))
    return found


@settings(max_examples=some(20))
@given(st.data())
def test_a_large_sop_tells_facts_that_matter_at_all_in_one_version(data: st.DataObject) -> None:
    old, new = data.draw(rulebooks()), data.draw(rulebooks())
    with mock.patch("brightline.rulebook.comparing.questions.MOST_WORK", 0):
        compared = compare(old, new, TODAY)
    for sop in compared.sops:
        difference = sop.difference
        if difference is None or not sop.coarse:
            assert not sop.questions
            continue
        told = {(change.fact, change.now) for change in sop.questions}
        assert all(change.at_all for change in sop.questions)
        for place, column in enumerate(difference.columns):
            name = full_name(column.key)
            matters = [
                book_sop is not None
                and any(
                    len(won) > 1
                    for won in clauses_won(book, book_sop, cases_of(book), name).values()
                )
                for book, book_sop in ((old, sop.old), (new, sop.new))
            ]
            if name in scoped(old, sop.old) | scoped(new, sop.new):
                continue
            event(f"at all: {matters}")
            assert ((place, True) in told) == (matters == [False, True])
            assert ((place, False) in told) == (matters == [True, False])


@settings(max_examples=some(20))
@given(st.data())
def test_questions_change_where_a_fact_begins_or_ceases_to_matter(data: st.DataObject) -> None:
    old, new = data.draw(rulebooks()), data.draw(rulebooks())
    for sop in compare(old, new, TODAY).sops:
        difference = sop.difference
        if difference is None:
            continue
        cases = every_case(difference, old, new)
        told = {(change.fact, change.now): change for change in sop.questions}
        assert len(told) == len(sop.questions)
        for place, column in enumerate(difference.columns):
            name = full_name(column.key)
            if name in scoped(old, sop.old) | scoped(new, sop.new):
                assert {(place, True), (place, False)}.isdisjoint(told)
                continue
            before = clauses_won(old, sop.old, cases, name)
            after = clauses_won(new, sop.new, cases, name)
            met = {
                now: {rest_of(f, name) for f in cases if of and winner(book, of, f)}
                for now, book, of in ((False, old, sop.old), (True, new, sop.new))
            }
            for now, (inner, outer) in ((True, (after, before)), (False, (before, after))):
                expected = {r for r in inner if len(inner[r]) > 1 and len(outer[r]) == 1}
                change = told.get((place, now))
                assert (change is not None) == bool(expected)
                if change is None:
                    continue
                event(f"now: {now}")
                for rest in inner:
                    if rest not in met[now]:
                        continue  # boxes are told among the cases that some clause meets
                    within = any(inside(difference, box, dict(rest)) for box in change.boxes)
                    if change.whole:
                        assert within == (rest in expected)
                    elif within:
                        assert rest in expected
                assert any(inside(difference, change.example, dict(rest)) for rest in expected)
