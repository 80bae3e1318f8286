"""A store holds what the signals say of each case, as `decide` would read it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from brightline.casestore.sampling import sample
from brightline.casestore.store import Store
from brightline.rulebook.reading import read
from brightline.screening.beside import put_decisions, put_labels
from brightline.screening.errors import UnusableCases
from brightline.screening.one import CaseDecider
from brightline.screening.storing import keep_cases

GOOD = Path(__file__).parent.parent / "rulebook" / "good"
LINES = [
    {"id": "p1", "subject": "listing", "attributes": {"title": "Pod vị dưa", "price": 45000,
     "created_at": "2026-10-05T08:30:00+07:00", "seller_id": "S1"},
     "facts": {"category": "electronics"}, "expect": {"action": "allow"}},
    {"id": "p2", "subject": "listing", "attributes": {"title": "Tai nghe", "price": 90000,
     "created_at": "2026-10-05"}, "facts": {"category": "cannot_tell"}},
    {"id": "r1", "subject": "review", "attributes": {"body": "tốt"}},
]  # fmt: skip


def _file(path: Path, *lines: object) -> Path:
    text = [json.dumps(x, ensure_ascii=False) if not isinstance(x, str) else x for x in lines]
    path.write_text("\n".join(text) + "\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def book():
    return read(GOOD)


@pytest.fixture
def store(tmp_path, book) -> Store:
    keep_cases(book, [_file(tmp_path / "cases.jsonl", *LINES)], tmp_path / "store")
    return Store(tmp_path / "store")


def _rows(store: Store) -> dict[str, dict]:
    return {row["id"]: row for batch in store.batches() for row in batch.to_pylist()}


def test_facts_and_their_sources_are_those_of_decide(store, book):
    decider = CaseDecider(book)
    for line in LINES:
        row = _rows(store)[line["id"]]
        decision = decider.decide(line)
        kept = {
            name: (value, row["sources"][name], part == "facts")
            for part in ("facts", "suggested")
            for name, value in (row.get(part) or {}).items()
            if value is not None
        }
        table = decision.table
        told = {
            ".".join(filter(None, table.columns[table.places[name]].key)): (
                fact.value, fact.source, fact.relied_on,
            )
            for name, fact in decision.facts.items()
        }  # fmt: skip
        assert kept == told
        assert row["rulebook"] == book.sha


def test_time_seller_and_expectation_are_kept(store):
    rows = _rows(store)
    assert rows["p1"]["at"] == datetime(2026, 10, 5, 1, 30, tzinfo=UTC)
    assert (rows["p1"]["day"], rows["p2"]["day"], rows["r1"]["day"]) == (
        date(2026, 10, 5), date(2026, 10, 5), None,
    )  # fmt: skip
    assert (rows["p1"]["seller"], rows["p2"]["at"]) == ("S1", None)
    labels = [row for batch in store.batches("labels") for row in batch.to_pylist()]
    assert [(row["id"], row["label"], row["action"]) for row in labels] == [
        ("p1", "expected", "allow")
    ]


def test_a_drawn_case_is_decided_as_the_case_itself(store, book):
    decider = CaseDecider(book)
    lines = {line["id"]: line for line in LINES}
    for drawn in sample(store, 3, seed=1).cases:
        wanted, found = decider.decide(lines[drawn["id"]]), decider.decide(drawn)
        assert found.verdict.action == wanted.verdict.action
        assert {n: f.value for n, f in found.facts.items() if f.relied_on} == {
            n: f.value for n, f in wanted.facts.items() if f.relied_on
        }


def test_rows_that_cannot_be_kept_are_named_and_the_rest_goes_in(tmp_path, book):
    one = _file(
        tmp_path / "one.jsonl", {"subject": "listing"}, LINES[0], "{", {"id": "x", "subject": "?"},
        {"id": "y", "subject": "listing", "facts": {"category": "blue"}},
        {"id": "z", "subject": "listing", "expect": {"action": "burn"}},
    )  # fmt: skip
    other = _file(tmp_path / "two.jsonl", LINES[1])
    kept = keep_cases(book, [one, other], tmp_path / "store")
    assert (kept.rows, kept.tables["cases"].added) == (7, 2)
    assert [(path.name, row.row) for path, row in kept.rejected] == [
        ("one.jsonl", 1), ("one.jsonl", 3), ("one.jsonl", 4), ("one.jsonl", 5), ("one.jsonl", 6),
    ]  # fmt: skip
    assert "no id" in kept.rejected[0][1].reason
    assert "'burn'" in kept.rejected[4][1].reason


def test_nothing_of_several_files_goes_in_where_one_cannot_be_read(tmp_path, book):
    good = _file(tmp_path / "one.jsonl", LINES[0])
    with pytest.raises(UnusableCases):
        keep_cases(book, [good, tmp_path / "none.jsonl"], tmp_path / "store")
    assert not (tmp_path / "store" / "cases").exists()


def test_attributes_can_be_left_out(tmp_path, book):
    file = _file(tmp_path / "cases.jsonl", *LINES)
    keep_cases(book, [file], tmp_path / "store", attributes=False)
    assert {row["attributes"] for row in _rows(Store(tmp_path / "store")).values()} == {None}


def test_labels_and_decisions_are_put_beside_their_cases(tmp_path, store):
    labels = tmp_path / "labels.csv"
    labels.write_text("id,action,note\np1,remove,sure\nnobody,allow,\np2,,\n", "utf-8")
    put = put_labels(store, labels, "golden")
    assert (put.rows, put.told.added) == (3, 1)
    assert [(row.row, row.line) for row in put.rejected] == [(2, 3), (3, 4)]
    assert "no case nobody" in put.rejected[0].reason
    decided = _file(
        tmp_path / "decided.jsonl",
        {"id": "p1", "action": "remove", "at": "2026-10-05T10:00:00Z", "seconds": 12.5},
        {"id": "p1", "action": "remove", "at": "2026-10-05T10:00:00Z", "seconds": 12.5},
        {"id": "p2", "action": "allow", "at": "yesterday"},
    )
    put = put_decisions(store, decided)
    assert (put.told.added, put.told.repeated, len(put.rejected)) == (1, 1, 1)
    assert "at cannot be 'yesterday'" in put.rejected[0].reason
    drawn = {one["id"]: one for one in sample(store, 3, seed=1).cases}
    assert drawn["p1"]["labels"]["golden"] == {"action": "remove", "note": "sure"}
    assert drawn["p1"]["decision"]["seconds"] == 12.5


def test_an_id_that_several_cases_have_must_be_told_apart(tmp_path, store, book):
    again = {**LINES[1], "attributes": {"title": "x", "created_at": "2026-11-01"}}
    keep_cases(book, [_file(tmp_path / "more.jsonl", again)], store.root)
    labels = tmp_path / "labels.csv"
    labels.write_text("id,action,day\np2,allow,\np2,allow,2026-11-01\n", "utf-8")
    put = put_labels(store, labels, "golden")
    assert (put.told.added, len(put.rejected)) == (1, 1)
    assert "say subject and day" in put.rejected[0].reason
