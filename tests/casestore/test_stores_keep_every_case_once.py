"""Whatever is appended and compacted in whatever order, a store holds each case as last told."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brightline.casestore import appending
from brightline.casestore.compacting import compact
from brightline.casestore.errors import UnusableStore
from brightline.casestore.store import Store
from tests.casestore.making import OCTOBER, case, decide, facts_in, put

_values = st.one_of(st.sampled_from(["yes", "no", "cannot_tell"]), st.just(2.5))
_cases = st.builds(
    lambda id_, day, subject, facts: case(id_, day, subject, **facts),
    st.sampled_from(["a", "b", "ç/d", "e f"]),
    st.sampled_from([None, OCTOBER, date(2026, 10, 31), date(2026, 11, 1)]),
    st.sampled_from(["listing", "seller"]),
    # `both` is a word in some cases and a number in others: no file holds them together
    st.fixed_dictionaries({}, optional={"x": st.sampled_from(["yes", "no"]), "both": _values}),
)
_steps = st.lists(
    st.one_of(st.just("compact"), st.lists(_cases, min_size=1, max_size=6)), min_size=1, max_size=6
)


def _batch(store: Store, rows: list[dict]) -> None:
    """One batch, each row of it added by itself: facts of several types may follow each other."""
    from tests.casestore.making import table_of

    with appending.Appender(store) as batch:
        for row in rows:
            batch.add("cases", table_of(row))
        told = batch.commit()["cases"]
    assert told.rows == len(rows)


@settings(max_examples=40, deadline=None)
@given(_steps)
def test_a_store_is_what_was_told_last(steps):
    with tempfile.TemporaryDirectory() as folder:
        store = Store.at(Path(folder) / "store", "VN")
        expected: dict[tuple, dict] = {}
        for step in steps:
            if step == "compact":
                compact(store)
            else:
                _batch(store, step)
                for row in step:
                    expected[row["id"], row["subject"], row["day"]] = row["facts"]
            assert facts_in(store) == expected
            assert store.rows() == len(expected)
        before = store.manifest.files
        if steps[-1] != "compact":
            _batch(store, steps[-1])  # the same batch again
            assert facts_in(store) == expected
            assert store.manifest.files == before


def test_what_became_of_each_row_is_counted(tmp_path):
    store = Store.at(tmp_path / "store", "VN")
    put(store, case("a", x="yes"), case("b", x="yes"), case("c", x="yes"))
    told = put(store, case("a", x="yes"), case("b", x="no"), case("d"), case("d", x="no"))
    assert (told.added, told.replaced, told.unchanged, told.repeated) == (1, 1, 1, 1)


def test_rows_held_in_several_stages_are_still_one_batch(tmp_path, monkeypatch):
    monkeypatch.setattr(appending, "HELD_ROWS", 2)
    store = Store.at(tmp_path / "store", "VN")
    with appending.Appender(store) as batch:
        from tests.casestore.making import table_of

        for number in range(5):
            batch.add("cases", table_of(case(f"{number % 4}", x="yes" if number < 4 else "no")))
        assert store.rows() == 0
        told = batch.commit()["cases"]
    assert (told.added, told.repeated) == (4, 1)
    assert facts_in(store)["0", "listing", OCTOBER] == {"x": "no"}


def test_compacting_leaves_one_file_a_month_and_the_old_ones_for_those_who_read(tmp_path):
    store = Store.at(tmp_path / "store", "VN")
    for number in range(4):
        put(store, case(f"{number}", **{f"fact-{number}": "yes"}))
    reading = store.batches()
    next(reading)  # a back-test has begun
    before, told = store.manifest, compact(store)
    assert (told.files_before, told.files, told.rows) == (4, 1, 4)
    assert sum(batch.num_rows for batch in reading) == 3
    assert len(facts_in(store)) == 4
    assert not any((store.root / file.path).exists() for file in before.files)


def test_a_month_of_decisions_stands_beside_the_cases(tmp_path):
    store = Store.at(tmp_path / "store", "VN")
    put(store, case("a", x="yes"))
    decide(store, "a", "allow")
    decide(store, "a", "allow")
    decide(store, "a", "remove", 2)
    assert store.rows("decisions") == 2
    assert [path.parent.name for path in store.paths("decisions")] == ["month=2026-10"] * 2


def test_a_store_is_of_one_market(tmp_path):
    Store.at(tmp_path / "store", "VN")
    with pytest.raises(UnusableStore, match="market VN, not TH"):
        Store.at(tmp_path / "store", "TH")


def test_a_folder_of_other_files_does_not_become_a_store(tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(UnusableStore, match="holds other files"):
        Store.at(tmp_path, "VN")
    with pytest.raises(UnusableStore, match=r"no store of cases: it has no store\.json"):
        Store(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "damaged"),
        ('{"format": 99}', "newer"),
        ('{"format": 1, "market": "VN"}', "damaged"),
        (
            '{"format": 1, "market": "VN", "commit": 1, "retired": [], "files": '
            '[{"table": "cases", "path": "../../etc/passwd", "rows": 1, "bytes": 1}]}',
            "damaged",
        ),
    ],
)
def test_a_manifest_that_cannot_be_trusted_is_refused(tmp_path, text, said):
    (tmp_path / "store.json").write_text(text)
    with pytest.raises(UnusableStore, match=said):
        Store(tmp_path)


def test_a_subject_cannot_leave_its_folder(tmp_path):
    store = Store.at(tmp_path / "store", "VN")
    with pytest.raises(UnusableStore, match="cannot be called"):
        put(store, case("a", subject="../../elsewhere"))
    assert store.rows() == 0


def test_a_damaged_file_is_named(tmp_path):
    store = Store.at(tmp_path / "store", "VN")
    put(store, case("a", x="yes"))
    store.paths()[0].write_bytes(b"PAR1 nothing")
    with pytest.raises(UnusableStore, match=store.paths()[0].name):
        list(store.batches())
    with pytest.raises(UnusableStore, match="damaged"):
        put(store, case("a", x="no"))
