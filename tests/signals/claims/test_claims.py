"""What a text promises, and texts that only sound like it."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brightline.rulebook.model import Fact, Supply
from brightline.signals.claims.finding import _gate, claims, kinds, kinds_of
from brightline.signals.claims.patterns import KINDS, NEEDS, PATTERNS
from brightline.signals.claims.sentence import SENTENCE, has_sentence
from brightline.signals.claims.signal import ClaimsReader
from brightline.signals.spec import Request
from brightline.signals.text import normal

with (Path(__file__).parent / "labelled.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = [(row["text"], row["kind"]) for row in csv.DictReader(_file)]


@pytest.mark.parametrize(("text", "kind"), ROWS)
def test_a_text_makes_the_claim_it_is_labelled_with(text: str, kind: str) -> None:
    assert kind in kinds(text) if kind else kinds(text) == set()


def test_every_kind_is_labelled_on_both_sides() -> None:
    labels = [kind for _text, kind in ROWS]
    assert set(labels) == {*KINDS, ""}
    assert labels.count("") > 90


def test_the_places_are_those_of_the_text_as_given() -> None:
    text = "Trà  này TRỊ\u200b dứt điểm tiểu đường, giao nhanh"
    assert "TRỊ\u200b dứt điểm tiểu đường" in [text[c.start : c.end] for c in claims(text)]


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        SENTENCE.upper(),
        "thuc pham nay khong phai la thuoc va khong co tac dung thay the thuoc chua benh",
        "TP này không phải thuốc, không thay thế thuốc chữa bệnh.",
        "… Sản phẩm không phải là thuốc, không có tác dụng thay thế thuốc chữa bệnh …",
    ],
)
def test_the_sentence_is_seen_however_it_is_written(text: str) -> None:
    assert has_sentence(text)


@pytest.mark.parametrize(
    "text", ["không phải là thuốc", "thay thế thuốc chữa bệnh", "không phải hàng giả", ""]
)
def test_half_a_sentence_is_not_the_sentence(text: str) -> None:
    assert not has_sentence(text)


_words = st.sampled_from(
    ["trị", "chữa", "khỏi", "hết", "mụn", "bệnh", "bác sĩ", "khuyên dùng", "cam kết", "không",
     "là", "thuốc", "giảm", "5 kg", "trong", "7 ngày", "tốt", "nhất", ",", ".", "100%", "sau",
     "trước", "và", "TRỊ", "hoà", "cam\xa0kết"]
)  # fmt: skip


@given(st.lists(_words, max_size=15).map(" ".join))
def test_the_quick_look_loses_nothing(text: str) -> None:
    line = normal(text)
    matching = {
        (kind, pattern)
        for kind, patterns in PATTERNS.items()
        for pattern in patterns
        if pattern.search(line)
    }
    assert matching <= set(_gate().passing(text))
    assert {claim.kind for claim in claims(text)} == kinds(text)


@given(st.lists(st.lists(_words, max_size=8).map(" ".join) | st.text(max_size=20), max_size=5))
def test_many_texts_at_once_are_as_one_by_one(texts: list[str]) -> None:
    texts = [*texts, "trị mụn \ue000", "a\u0301 trị mụn"]
    assert dict(kinds_of(texts)) == {i: kinds(t) for i, t in enumerate(texts) if kinds(t)}
    assert dict(kinds_of(texts[:-2])) == {i: kinds(t) for i, t in enumerate(texts[:-2]) if kinds(t)}


def test_nearly_every_pattern_has_something_to_look_for_first() -> None:
    needs = [need for of_kind in NEEDS.values() for need in of_kind]
    assert sum(not need for need in needs) <= 2


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    for claim in claims(text):
        assert 0 <= claim.start < claim.end <= len(text)
    has_sentence(text)


@pytest.mark.parametrize("piece", ["trị ", "không ", "trị mụn ", "a", "giảm 5 kg ", "bác sĩ "])
def test_a_long_text_of_one_piece_is_no_trouble(piece: str) -> None:
    claims(piece * (200_000 // len(piece)))
    has_sentence(piece * (200_000 // len(piece)))


def test_columns_say_the_same_as_single_cases() -> None:
    fact = Fact.model_validate({"kind": "yes_no", "title": {"vi": "x", "en": "x"}})

    def request(**given: object) -> Request:
        return Request("s.f", fact, Supply.model_validate({"signal": "claims", **given}), "decides")

    reader = ClaimsReader(
        [
            request(**{"in": ["title", "tags"], "finds": ["cure"], "absent": "no"}),
            request(**{"in": ["title"], "finds": ["mandatory_sentence"], "absent": "no"}),
        ]
    )
    cases = [{"title": "Trị mụn"}, {"title": SENTENCE, "tags": ["uống là khỏi"]}, {"title": ""}, {}]
    columns = {
        "title": pa.array([case.get("title") for case in cases]),
        "tags": pa.array([case.get("tags") for case in cases], pa.list_(pa.string())),
    }
    told = reader.read_columns(columns, len(cases))
    for row, case in enumerate(cases):
        assert [column.value(row) for column in told] == [r.value for r in reader.read(case)]
    assert [column.value(0) for column in told] == ["yes", "no"]
    assert [column.value(1) for column in told] == ["yes", "yes"]
    assert [column.value(3) for column in told] == [None, None]
