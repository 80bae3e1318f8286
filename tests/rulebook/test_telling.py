"""A decision in sentences: true, whole, and in the reader's language."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from brightline.i18n import use
from brightline.rulebook.columns import Column
from brightline.rulebook.deciding import Decider, Deciders, Supplied
from brightline.rulebook.model import Fact
from brightline.rulebook.reading import read
from brightline.rulebook.table import Table
from brightline.rulebook.telling import explain
from brightline.rulebook.telling_near import _missed, _scope_columns
from brightline.rulebook.telling_rows import Rows
from brightline.rulebook.telling_tests import test_text as in_s_feel
from brightline.rulebook.telling_words import Words, all_of, any_of
from brightline.rulebook.tests import parse_test

from .planted import HERE
from .strategies import cases, rulebooks

TODAY = date(2026, 11, 23)
ENGLISH = re.compile(r"\b(the|is|are|not|of|and|or|found|within|points?)\b")


@pytest.fixture(scope="module")
def decider() -> Decider:
    return Deciders(read(HERE / "good")).decider("listing", TODAY)


def given_facts(**facts: object) -> dict[str, Supplied]:
    return {name: Supplied(value, "given") for name, value in facts.items()}


def test_a_fault_is_told_with_its_reasons_law_notice_and_steps(decider: Decider) -> None:
    told = explain(decider.decide(given_facts(category="electronics", item="e_cigarette")))
    (reason,) = told.reasons
    assert (told.headline, told.points, told.violation) == ("Remove", "12 points", True)
    assert told.ladder == "From 12 points within 90 days: Suspend the shop"
    assert [b.statement for b in reason.because] == [
        "Category is Electronics",
        "Item is E-cigarette",
    ]
    assert {b.source for b in reason.because} == {"given with the case"}
    assert reason.basis[0].endswith("(in force from 1 Jan 2025)")
    assert reason.notice == "Removed: this is tobacco. Please do not list it again."
    assert [(s.do, s.role, s.within) for s in reason.steps] == [
        ("Tell legal", "Counsel", "within 24 hours")
    ]


def test_it_is_told_in_vietnamese(decider: Decider) -> None:
    for facts in (
        {"category": "electronics", "item": "e_cigarette"},
        {"category": "electronics", "item": "accessory", "claims": "no"},
        {"category": "electronics"},
        {"category": "electronics", "item": "cannot_tell"},
        {"category": "beauty"},
        {"category": "electronics", "item": "other", "claims": "yes"},
    ):
        with use("vi"):
            said = str(explain(decider.decide(given_facts(**facts))))
        said = re.sub(r"\b\w+=|True|False", "", said)
        assert not ENGLISH.findall(said), said


def test_what_cannot_be_told_is_said_so(decider: Decider) -> None:
    facts = given_facts(category="electronics", item="cannot_tell", claims="no", price=90000)
    told = explain(decider.decide(facts))
    (reason,) = told.reasons
    assert reason.title == "It cannot be told"
    assert reason.because[0].statement == "Item: cannot be told"


def test_facts_that_contradict_are_named(decider: Decider) -> None:
    facts = given_facts(category="electronics", item="other", claims="yes")
    told = explain(decider.decide(facts))
    assert told.contradictions == ("Item is Other · Claims vaping: yes",)
    assert told.standing == "the facts given cannot all be right"


def test_a_milder_clause_is_not_told_as_nearly_applied(decider: Decider) -> None:
    allowed = given_facts(category="electronics", item="accessory", claims="no")
    assert [near.clause for near in explain(decider.decide(allowed)).near] == ["V-1"]
    removed = given_facts(category="electronics", item="accessory", claims="yes")
    assert explain(decider.decide(removed)).near == ()


def test_words_are_joined_as_one_speaks() -> None:
    assert any_of(["a"]) == "a"
    assert any_of(["a", "b", "c"]) == "a, b or c"
    assert all_of([]) == ""
    with use("vi"):
        assert all_of(["a", "b"]) == "a và b"


PRICE = Fact.model_validate(
    {"kind": "number", "title": {"vi": "Giá", "en": "Price"}, "unit": "vnd", "min": 0, "max": 1e9}
)


@pytest.mark.parametrize(
    ("test", "english", "vietnamese", "feel"),
    [
        ("< 50000", "Price below 50,000 ₫", "Giá dưới 50.000 ₫", "< 50000"),
        ("<= 50000", "Price at most 50,000 ₫", "Giá không quá 50.000 ₫", "<= 50000"),
        ("> 50000", "Price above 50,000 ₫", "Giá trên 50.000 ₫", "> 50000"),
        (">= 50000", "Price at least 50,000 ₫", "Giá từ 50.000 ₫ trở lên", ">= 50000"),
        ("= 7", "Price is exactly 7 ₫", "Giá đúng bằng 7 ₫", "= 7"),
        ("1..5", "Price from 1 ₫ to 5 ₫", "Giá từ 1 ₫ đến 5 ₫", "[1..5]"),
        ("[1..5)", "Price from 1 ₫ to below 5 ₫", "Giá từ 1 ₫ đến dưới 5 ₫", "[1..5)"),
        ("(1..5)", "Price above 1 ₫ and below 5 ₫", "Giá trên 1 ₫ và dưới 5 ₫", "(1..5)"),
        ("(0..0.3]", "Price above 0 ₫, at most 0.3 ₫",
         "Giá trên 0 ₫ và không quá 0,3 ₫", "(0..0.3]"),
    ],
)  # fmt: skip
def test_a_test_on_a_number_reads_as_a_sentence(
    test: str, english: str, vietnamese: str, feel: str
) -> None:
    values = parse_test(PRICE, test)
    column = Column.of("price", (None, "price"), PRICE, [values])
    passing = column.holds(values)
    book = read(HERE / "good")
    assert Words(book, "listing").test(column, passing) == english
    with use("vi"):
        assert Words(book, "listing").test(column, passing) == vietnamese
    assert in_s_feel(column, passing) == feel


def test_a_branch_of_a_tree_goes_by_its_name(decider: Decider) -> None:
    table = decider.table
    column = table.columns[table.places["category"]]
    words = Words(table.rulebook, "listing")
    branch = sum(1 << column.options.index(name) for name in ("electronics", "phones"))
    assert words.test(column, branch) == "Category is Electronics"
    alone = 1 << column.options.index("beauty")
    assert words.test(column, alone) == "Category is Beauty"


@given(st.data())
def test_two_tests_that_differ_are_worded_differently(data: st.DataObject) -> None:
    table = Table(data.draw(rulebooks()), "listing", TODAY)
    column = data.draw(st.sampled_from(table.columns))
    sets = st.integers(1, (1 << column.atoms) - 1)
    one, other = data.draw(sets), data.draw(sets)
    assume(one != other)
    assert in_s_feel(column, one) != in_s_feel(column, other)


@given(st.data())
def test_every_decision_can_be_explained_in_every_language(data: st.DataObject) -> None:
    rulebook = data.draw(rulebooks())
    decider = Decider(Table(rulebook, "listing", TODAY))
    case = {name: value for name, value in data.draw(cases(rulebook)).items() if value is not None}
    decision = decider.decide({n: Supplied(v, "given") for n, v in case.items()})
    for language in ("vi", "en"):
        with use(language):
            told = explain(decision)
        assert told.determined == decision.verdict.determined
        assert len(told.reasons) + len(told.quiet) + len(told.outside) <= len(rulebook.sops)
        assert "{" not in str((told.headline, told.standing, told.reasons, told.near))


@given(st.data())
def test_what_nearly_applied_applies_once_the_one_fact_is_as_wanted(data: st.DataObject) -> None:
    rulebook = data.draw(rulebooks())
    table = Table(rulebook, "listing", TODAY)
    case = table.named(data.draw(cases(rulebook)))
    codes = table.codes(case)
    rows = Rows(table, table.standing_of(codes))
    for index, of in enumerate(table.clauses):
        for row in rows.by_clause[index]:
            missed = _missed(rows, row, _scope_columns(rows, of.sop))
            if missed is None:
                continue
            place, passing = missed
            changed = list(codes)
            changed[place] = passing.bit_length() - 1
            assert Rows(table, table.standing_of(changed)).holding(index) is not None
