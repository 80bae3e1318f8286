"""A writer that is killed at any step leaves the store as it was, or as it was to be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from brightline.casestore.compacting import compact
from brightline.casestore.store import Store
from tests.casestore.making import OCTOBER, case, facts_in, put

STEPS = ("rename", "replace", "unlink", "mkdir")


NEW = {
    ("b", "listing", OCTOBER): {"x": "no"},
    ("c", "listing", OCTOBER): {"x": "yes"},
    ("s", "seller", OCTOBER): {"y": "yes"},
}


class Killed(BaseException):
    """Power cut."""


def _killed_at(monkeypatch, number: int) -> None:
    """From the `number`-th step on the disk on, nothing happens any more: the process is gone."""
    left = [number]

    def cut(real):
        def step(*args, **kwargs):
            if left[0] <= 0:
                raise Killed
            left[0] -= 1
            return real(*args, **kwargs)

        return step

    for name in STEPS:
        monkeypatch.setattr(Path, name, cut(getattr(Path, name)))
    monkeypatch.setattr(os, "fsync", cut(os.fsync))


def _new(store: Store) -> None:
    put(store, case("b", x="no"), case("c", x="yes"), case("s", subject="seller", y="yes"))


def _compacted(store: Store) -> None:
    compact(store)


@pytest.mark.parametrize("act", [_new, _compacted])
def test_it_is_as_before_or_as_after_and_can_go_on(tmp_path, monkeypatch, act):
    seen = set()
    for number in range(60):
        store = Store.at(tmp_path / f"{number}", "VN")
        put(store, case("a", x="yes"), case("b", x="yes"))
        put(store, case("d", x="yes"))
        before = facts_in(store)
        then = dict(before) if act is _compacted else before | NEW
        with monkeypatch.context() as patched:
            _killed_at(patched, number)
            try:
                act(store)
                whole = True
            except Killed:
                whole = False
        found = facts_in(store)
        act(store)  # it is run again
        after = facts_in(store)
        assert found in (before, then)
        assert after == then
        named = {store.root / file.path for file in store.manifest.files}
        assert set(store.root.glob("cases/**/*.parquet")) == named
        seen.add((found == before, whole))
        if whole:
            break
    assert whole
    if act is _new:
        assert (True, False) in seen and (False, False) in seen  # killed before, and after


def test_two_writers_take_turns(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    store = Store.at(tmp_path / "store", "VN")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: put(store, case(f"{n % 8}", x=f"v{n}")), range(16)))
    assert {key[0] for key in facts_in(store)} == {str(n) for n in range(8)}
