"""Where a fact begins or ceases to matter is where trying every value of it shows it."""

from __future__ import annotations

from datetime import date
from unittest import mock

from hypothesis import event, given
from hypothesis import strategies as st

from brightline.rulebook.comparing.comparison import compare
from brightline.rulebook.model import Rulebook, Sop
from brightline.rulebook.table import Table

from .reference import winner
from .strategies import rulebooks
from .test_differences_agree_with_enumeration import every_case, full_name, inside
from .test_proofs_agree_with_enumeration import every_case as cases_that_one_allows

TODAY = date(2026, 11, 23)
Facts = dict[str, object]
Rest = tuple[tuple[str, object], ...]


def cases_of(book: Rulebook) -> list[Facts]:
    """Every case that one version allows."""
    return cases_that_one_allows(book, Table(book, "listing", TODAY))


def clauses_won(book: Rulebook, sop: Sop | None, cases: list[Facts], name: str) -> dict[Rest, set]:
    """For every case without one fact, the clauses that its values lead to."""
    found: dict[Rest, set] = {}
    for facts in cases:
        rest = tuple((key, value) for key, value in facts.items() if key != name)
        clause = winner(book, sop, facts) if sop else None
        found.setdefault(rest, set()).add(clause and clause.id)
    return found


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
            event(f"at all: {matters}")
            assert ((place, True) in told) == (matters == [False, True])
            assert ((place, False) in told) == (matters == [True, False])


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
            before = clauses_won(old, sop.old, cases, name)
            after = clauses_won(new, sop.new, cases, name)
            for now, (inner, outer) in ((True, (after, before)), (False, (before, after))):
                expected = {r for r in inner if len(inner[r]) > 1 and len(outer[r]) == 1}
                change = told.get((place, now))
                assert (change is not None) == bool(expected)
                if change is None:
                    continue
                event(f"now: {now}")
                for rest, won in inner.items():
                    if won == {None}:
                        continue  # boxes are told among the cases that some clause meets
                    within = any(inside(difference, box, dict(rest)) for box in change.boxes)
                    if change.whole:
                        assert within == (rest in expected)
                    elif within:
                        assert rest in expected
                assert any(inside(difference, change.example, dict(rest)) for rest in expected)
