"""The fast search finds exactly what the slow, obvious one finds, in one case and in columns."""

from __future__ import annotations

import unicodedata
from typing import Any

import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from brightline.signals.lexicon_reader import LexiconReader
from brightline.signals.text import compose, composed, normal, traced
from tests.examples import some
from tests.signals import reference
from tests.signals.making import fact, requests, rulebook, terms

WORDS = [
    "vape", "pod", "ke", "kê", "kẻ", "sung", "súng", "vũ khí", "khí", "hoà", "hòa bình", "thuỷ",
    "rep 1:1", "rep", "1:1", "v.a.p.e", "vape pod", "pod ke kê", "G u c c i", "u c", "Ch@nel",
    "💨🥤", "đá", "da", "thuốc lá",
    "thuốc lá điện tử", "lá điện", "ma túy", "100%", "ck 100%", "qùy", "ế", "a", "a a", "ư", "1đ",
]  # fmt: skip
MARKS = ["\u0300", "\u0301", "\u0302", "\u0303", "\u0306", "\u0309", "\u031b", "\u0323", "\u0308"]
BETWEEN = [
    " ",
    "  ",
    "\n",
    "\u00a0",
    "\u200b",
    "\u2060",
    "\ufe0f",
    "\u00ad",
    ".",
    ",",
    "-",
    "_",
    "\x07",
]
LOOSE = ["o", "ò", "e", "ê", "é", "u", "ù", "y", "A", "Đ", "đ", "k", "1", "%", "@", "💨", "c", "İ"]


def _broken(word: str) -> list[str]:
    return [word[:i] for i in range(1, len(word))] + [word[i:] for i in range(1, len(word))]


def _misordered(piece: str) -> str:
    """The piece with the marks of every letter in reverse order."""
    letters: list[str] = []
    for char in unicodedata.normalize("NFD", piece):
        if unicodedata.combining(char) and letters:
            letters[-1] = letters[-1][0] + char + letters[-1][1:]
        else:
            letters.append(char)
    return "".join(letters)


SHAPES = [
    str, str, str.upper, str.title, _misordered, reference.without_accents, "\u200b".join,
    lambda piece: unicodedata.normalize("NFD", piece),
    lambda piece: "\u2060".join(_misordered(piece)),
    lambda piece: piece.replace(" ", " \u200b "),
]  # fmt: skip
NOISE = MARKS + BETWEEN + LOOSE + WORDS + [part for word in WORDS for part in _broken(word)]
KIND = st.sampled_from(["word", "word", "except"])
Rows = list[tuple[str, str, bool]]


def rows_of(kinds: st.SearchStrategy[str]) -> st.SearchStrategy[Rows]:
    """A list of a few families of words that contain and overlap each other."""
    return st.lists(
        st.tuples(st.sampled_from(WORDS), kinds, st.booleans()),
        min_size=1, max_size=10, unique_by=lambda row: row[:2],
    )  # fmt: skip


@st.composite
def texts(draw: st.DrawFn, rows: Rows) -> str:
    """A text that holds words of the list, bent and broken, with other things between them."""
    listed = st.sampled_from([term for term, _kind, _fold in rows])
    pieces = []
    for _i in range(draw(st.integers(0, 8))):
        piece = draw(listed) if draw(st.integers(0, 3)) else draw(st.sampled_from(NOISE))
        pieces += [draw(st.sampled_from(SHAPES))(piece), draw(st.sampled_from(["", *BETWEEN, " "]))]
    return "".join(pieces)


ROWS = rows_of(KIND)
ONE = ROWS.flatmap(lambda rows: st.tuples(texts(rows) | st.text(max_size=40), st.just(rows)))
SEVERAL = ROWS.flatmap(
    lambda rows: st.tuples(
        st.lists(st.tuples(st.none() | texts(rows), st.none() | texts(rows)), max_size=6),
        st.just(rows),
    )
)
OPTIONS = rows_of(st.sampled_from(["x", "y", "z", "except"])).flatmap(
    lambda rows: st.tuples(st.lists(st.lists(texts(rows), max_size=3), max_size=5), st.just(rows))
)
ANY_TEXT = texts([(word, "word", True) for word in WORDS]) | st.text(max_size=40)


def reader(rows: Any, **more: Any) -> LexiconReader:
    source = {"signal": "lexicon", "list": "words", "in": ["title", "description"], **more}
    book = rulebook({"it": fact("yes_no", source)}, {"words": terms(*rows)})
    return LexiconReader(requests(book), book)


@settings(max_examples=some(500), deadline=None)
@given(ONE)
@example(("İke", [("ke", "word", False)]))
@example(("0\x1bA a", [("a", "word", False)]))
@example(("k\u0301e ke", [("ke", "word", False)]))
@example(("hòa  bình", [("hòa bình", "word", True), ("hoà", "word", False)]))
@example(("vape pod ke kê", [("vape pod", "word", False), ("pod ke kê", "word", False)]))
def test_one_text(drawn: tuple[str, Rows]) -> None:
    text, rows = drawn
    (found,) = reader(rows).read({"title": text})
    assert [(e.start, e.end) for e in found.evidence] == reference.hits(text, rows)[:20]
    assert all(text[e.start : e.end] == e.text for e in found.evidence)


@settings(max_examples=some(200), deadline=None)
@given(SEVERAL)
def test_columns_say_what_rows_say(drawn: tuple[list[tuple[str | None, str | None]], Rows]) -> None:
    cases, rows = drawn
    ready = reader(rows, absent="no")
    columns = {
        "title": pa.array([t for t, _d in cases], pa.string()),
        "description": pa.array([d for _t, d in cases], pa.string()),
    }
    (column,) = ready.read_columns(columns, len(cases))
    each = [ready.read({"title": t, "description": d})[0].value for t, d in cases]
    assert [column.value(row) for row in range(len(cases))] == each


@settings(max_examples=some(200), deadline=None)
@given(OPTIONS)
@example(([["vape pod"]], [("vape", "y", False), ("vape pod", "x", False)]))
def test_columns_of_lists_and_options(drawn: tuple[list[list[str]], Rows]) -> None:
    tags, rows = drawn
    source = {"signal": "lexicon", "list": "words", "in": ["tags"],
              "values": {"y": "second", "x": "first"}}  # fmt: skip
    declared = fact("choice", source, options={"first": {}, "second": {}})
    book = rulebook({"it": declared}, {"words": terms(*rows)})
    ready = LexiconReader(requests(book), book)
    (column,) = ready.read_columns({"tags": pa.array(tags, pa.list_(pa.string()))}, len(tags))
    each = [ready.read({"tags": tag})[0].value for tag in tags]
    assert [column.value(row) for row in range(len(tags))] == each


@settings(max_examples=some(400), deadline=None)
@example("ma túy\u0306")
@given(ANY_TEXT)
def test_normal_forms_are_stable_and_traced(text: str) -> None:
    whole, starts, ends = composed(text)
    assert whole == compose(text) == compose(compose(text))
    assert unicodedata.is_normalized("NFC", whole)
    assert all(s < e for s, e in zip(starts, ends, strict=True))
    line, first, last = traced(text)
    assert line == normal(text) == normal(normal(text))
    assert len(line) == len(first) == len(last)
    assert first == sorted(first)


@settings(max_examples=some(200), deadline=None)
@given(st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=20), st.text(max_size=200))
def test_any_words_in_any_text_crash_nothing(words: list[str], text: str) -> None:
    ready = reader([(word, "word", True) for word in words])
    (found,) = ready.read({"title": text + words[0] + text})
    assert all(0 <= e.start < e.end for e in found.evidence)
    (column,) = ready.read_columns({"title": pa.array([text + words[0] + text])}, 1)
    assert column.value(0) == found.value
