"""A chart leads every case to exactly the clause that the table gives it."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brightline.i18n import LANGUAGES, use
from brightline.paths import bundled_rulebook
from brightline.reports.guide.book import Book, Tables
from brightline.reports.guide.chart_cards import cards
from brightline.reports.guide.chart_drawing import drawn
from brightline.reports.guide.chart_layout import _kept_apart, laid_out
from brightline.reports.guide.text_width import width, wrapped
from brightline.rulebook.deciding import Decider
from brightline.rulebook.flow import Chart, chart_of
from brightline.rulebook.reading import read
from brightline.rulebook.settling import NO_CLAUSE
from brightline.rulebook.table import Segment, Table
from tests.guide.conftest import ON
from tests.rulebook.reference import winner
from tests.rulebook.strategies import rulebooks

VIETNAM = read(bundled_rulebook())
TABLES = {subject: Table(VIETNAM, subject, ON) for subject in VIETNAM.subjects}
CHARTS = {
    segment.sop.sop: (table, segment, number, chart_of(table, segment))
    for table in TABLES.values()
    for number, segment in enumerate(table.segments)
}
numbers = st.integers(0, 2**30)


def facts_of(table: Table, draw: Any) -> tuple[dict[int, int], dict[str, object]]:
    """A value for every fact: as atoms by column, and by name."""
    atoms = {p: draw(numbers) % column.atoms for p, column in enumerate(table.columns)}
    values = {
        column.name: column.sample(atoms[p]) if column.numeric else column.options[atoms[p]]
        for p, column in enumerate(table.columns)
    }
    return atoms, values


def assert_same(chart: Chart, table: Table, number: int, draw: Any) -> None:
    atoms, values = facts_of(table, draw)
    verdict = Decider(table).verdict(values)
    if not verdict.contradictions:
        assert chart.walk(atoms, NO_CLAUSE) == verdict.outcomes[number]


@given(st.data())
def test_the_charts_of_vietnam_decide_as_the_table_does(data):
    table, _segment, number, chart = CHARTS[data.draw(st.sampled_from(sorted(CHARTS)))]
    assert chart is not None
    for _case in range(20):
        assert_same(chart, table, number, data.draw)


@given(rulebooks(), st.data())
def test_the_chart_of_any_sop_decides_as_the_table_does(book, data):
    table = Table(book, "listing", ON)
    for number, segment in enumerate(table.segments):
        chart = chart_of(table, segment, most=200)
        assert chart is not None
        for _case in range(10):
            assert_same(chart, table, number, data.draw)


@given(rulebooks(), st.data())
def test_the_chart_of_any_sop_says_what_the_file_says(book, data):
    table = Table(book, "listing", ON)
    atoms, values = facts_of(table, data.draw)
    if Decider(table).verdict(values).contradictions:
        return
    full = {c.name if c.key[0] is None else ".".join(c.key): values[c.name] for c in table.columns}
    for segment in table.segments:
        chart = chart_of(table, segment, most=200)
        won = winner(book, segment.sop, full)
        at = chart.walk(atoms, NO_CLAUSE)
        assert (won.id if won else None) == (table.clauses[at].clause.id if at >= 0 else None)


@given(rulebooks())
def test_a_chart_asks_nothing_in_vain(book):
    table = Table(book, "listing", ON)
    for segment in table.segments:
        chart = chart_of(table, segment, most=200)
        asked_before: dict[int, set[int]] = {0: set()}
        for number, question in enumerate(chart.questions):
            assert len({(e.question, e.outcome) for e in question.edges}) == len(question.edges) > 1
            for one, other in combinations(question.edges, 2):
                assert not one.atoms & other.atoms
            before = asked_before[number]
            assert question.place not in before
            for edge in question.edges:
                if edge.question is not None:
                    assert edge.question > number
                    known = before | {question.place}
                    asked_before[edge.question] = asked_before.get(edge.question, known) & known


def test_a_chart_that_would_be_too_large_is_not_made():
    table, segment, _number, chart = CHARTS["counterfeit"]
    assert chart_of(table, segment, most=len(chart.questions)) is not None
    assert chart_of(table, segment, most=len(chart.questions) // 2) is None


def drawing(table: Table, segment: Segment, chart: Chart, lang: str) -> Any:
    with use(lang):
        book = Book(Tables(VIETNAM, ON))
        return drawn(book, segment.sop, chart), cards(book, segment.sop, chart)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sorted(CHARTS))
def test_a_drawing_needs_nothing_outside_itself(name, lang):
    table, segment, _number, chart = CHARTS[name]
    made, (told, _ranks) = drawing(table, segment, chart, lang)
    for banned in ("class=", "style=", "foreignObject", "<script", "<style", "url("):
        assert banned not in made.svg
    assert '<title id="chart.title">' in made.svg
    assert made.svg.count("<a ") == sum(
        1 + sum(a.clause is not None or a.goes_to is not None for a in card.answers)
        for card in told
    )
    clauses = {clause.id for clause in segment.sop.clauses}
    assert {a.clause for card in told for a in card.answers} - {None} <= clauses


sizes = st.lists(st.integers(1, 6), min_size=2, max_size=12)


@given(st.data())
def test_cards_and_lanes_never_overlap(data):
    count = data.draw(st.integers(2, 12))
    links = []
    for child in range(1, count):
        parents = data.draw(
            st.lists(st.integers(0, child - 1), min_size=1, max_size=3, unique=True)
        )
        links += [(parent, child) for parent in parents]
    ranks = [0] * count
    for parent, child in sorted(links):
        ranks[child] = max(ranks[child], ranks[parent] + 1)
    boxes = [(100.0, float(data.draw(st.integers(40, 200)))) for _card in range(count)]
    layout = laid_out(boxes, ranks, links)
    assert all(place.x >= place.width / 2 - 1e-6 for place in layout.places)
    for one, other in combinations(layout.places, 2):
        if one.rank == other.rank:
            assert abs(one.x - other.x) >= (one.width + other.width) / 2
    for card, (_wide, tall) in enumerate(boxes):
        rank = ranks[card]
        assert tall <= layout.heights[rank]
        if rank + 1 < len(layout.tops):
            assert layout.tops[rank] + tall < layout.tops[rank + 1]
    assert sorted((line.start, line.end) for line in layout.lines) == sorted(links)
    for line in layout.lines:
        assert len(line.through) == ranks[line.end] - ranks[line.start] - 1


@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(1, 4)), min_size=1, max_size=4))
def test_positions_are_the_nearest_that_keep_apart(wishes):
    wanted = [float(want) for want, _weight in wishes]
    weights = [float(weight) for _want, weight in wishes]
    gaps = [5.0] * (len(wishes) - 1)

    def cost(found: list[float]) -> float:
        pairs = zip(found, wanted, weights, strict=True)
        return sum(weight * (x - want) ** 2 for x, want, weight in pairs)

    found = _kept_apart(wanted, weights, gaps)
    assert all(b - a >= gap - 1e-9 for a, b, gap in zip(found, found[1:], gaps, strict=False))
    for step in (-0.5, 0.5):  # it is convex: no shift of a run of them may be better
        for first in range(len(found)):
            for last in range(first, len(found)):
                other = [x + step * (first <= i <= last) for i, x in enumerate(found)]
                apart = all(b - a >= 5.0 for a, b in pairwise(other))
                assert not apart or cost(other) >= cost(found) - 1e-9


@given(st.text(max_size=80), st.integers(20, 300), st.sampled_from([0, 1, 3]))
def test_wrapped_lines_fit_and_lose_nothing(text, room, most):
    lines = wrapped(text, room, 12, most=most)
    assert all(width(line, 12) <= room or len(line) <= 1 for line in lines)
    if most:
        assert len(lines) <= most
    else:
        assert "".join("".join(lines).split()) == "".join(text.split())
