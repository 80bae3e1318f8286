"""Contacts by their shape: what is found, what is left alone, and that nothing breaks."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brightline.rulebook.model import Fact, Supply
from brightline.signals.contact import finding
from brightline.signals.contact.addresses import addresses
from brightline.signals.contact.finding import KINDS, contacts, contacts_of
from brightline.signals.contact.numbers import accounts, phones
from brightline.signals.contact.signal import ContactReader
from brightline.signals.spec import Request

LABELLED = Path(__file__).parent / "labelled.csv"
with LABELLED.open(encoding="utf-8", newline="") as _file:
    ROWS = [(row["text"], row["kinds"]) for row in csv.DictReader(_file)]


@pytest.mark.parametrize(("text", "kind"), ROWS)
def test_a_text_shows_the_contact_it_is_labelled_with(text: str, kind: str) -> None:
    assert {found.kind for found in contacts(text)} == ({kind} if kind else set())


def test_every_kind_is_labelled_on_both_sides() -> None:
    kinds = [kind for _text, kind in ROWS]
    assert set(kinds) == {*KINDS, ""}
    assert kinds.count("") > 100


def test_the_places_are_those_of_the_text_as_given() -> None:
    text = "Gọi 📞 0900\u200b 000 012 hoặc shop@gmail.com"
    assert [text[at.start : at.end] for at in contacts(text)] == [
        "0900\u200b 000 012",
        "shop@gmail.com",
    ]


def test_the_platforms_own_domain_does_not_count() -> None:
    assert not contacts("xem https://www.example.vn/san-pham", frozenset({"example.vn"}))
    assert contacts("xem https://example.vn.fake.com/", frozenset({"example.vn"}))


_piece = st.sampled_from(
    ["0900000012", "không chín ", "0", "9", " ", ".", "o", "⓪", "⑨", "đ", "\n", "@", "gmail",
     ".com", "zalo: ", "stk ", "1900", "chấm", " 12", "\u200b", "hai ba bốn năm sáu bảy tám", "a"]
)  # fmt: skip


@given(st.lists(_piece, max_size=14).map("".join))
def test_the_quick_look_loses_nothing(text: str) -> None:
    whole = {*phones(text), *accounts(text), *addresses(text)}
    kept = set(contacts(text))
    assert kept <= whole
    covered = [(at.start, at.end) for at in kept]
    for at in whole:
        assert any(start < at.end and at.start < end for start, end in covered)


@given(st.lists(st.lists(_piece, max_size=8).map("".join) | st.text(max_size=20), max_size=5))
def test_many_texts_at_once_are_as_one_by_one(texts: list[str]) -> None:
    for some in (texts, [*texts, "İ 0900 000 012"], ["", *texts, "zalo: lan_9"]):
        told = {row: found for row, text in enumerate(some) if (found := contacts(text))}
        assert dict(contacts_of(some)) == told


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    for at in contacts(text):
        assert 0 <= at.start < at.end <= len(text)
        assert at.kind in finding.KINDS


@pytest.mark.parametrize(
    "piece", ["0", "0 ", "o", "@", "a.", "không ", "9️⃣", "zalo: ", ".com", "\u0301"]
)
def test_a_long_text_of_one_piece_is_no_trouble(piece: str) -> None:
    contacts(piece * (200_000 // len(piece)))


def request(**given: object) -> Request:
    fact = Fact.model_validate({"kind": "yes_no", "title": {"vi": "x", "en": "x"}})
    supply = Supply.model_validate({"signal": "contact", **given})
    return Request("sop.fact", fact, supply, "decides")


CASES = [
    {"title": "Áo thun", "tags": ["gọi 0900 000 012"]},
    {"title": "vào shopabc.vn", "tags": None},
    {"title": "example.vn", "tags": []},
    {"title": "", "tags": ["\u200b"]},
    {},
]


def test_columns_say_the_same_as_single_cases() -> None:
    reader = ContactReader(
        [
            request(**{"in": ["title", "tags"], "finds": ["phone"], "absent": "no"}),
            request(**{"in": ["title"], "own": ["example.vn"]}),
        ]
    )
    columns = {
        "title": pa.array([case.get("title") for case in CASES]),
        "tags": pa.array([case.get("tags") for case in CASES], pa.list_(pa.string())),
    }
    told = reader.read_columns(columns, len(CASES))
    for row, case in enumerate(CASES):
        for column, reading in zip(told, reader.read(case), strict=True):
            assert column.value(row) == reading.value
    readings = [[reading.value for reading in reader.read(case)] for case in CASES]
    assert readings == [["yes", None], ["no", "yes"], ["no", None], ["no", None], [None, None]]
