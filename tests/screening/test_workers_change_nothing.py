"""Several processes write, byte for byte, what one process writes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from brightline import i18n
from brightline.screening import screen as screening

from .shop import MAP, ROWS, rejected, screened, write


@pytest.mark.parametrize(("given", "wanted"), [("csv", "parquet"), ("parquet", "csv"), ("jsonl", "jsonl")])
def test_the_bytes_and_the_summary_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, wanted: str
) -> None:
    monkeypatch.setattr(screening, "_LARGE_ROWS", 1)
    monkeypatch.setattr(screening, "_LARGE_BYTES", 1)
    rows = [{**ROWS[n % 6], "code": f"A{n}"} for n in range(30_000)]
    for n in range(0, 30_000, 1000):
        rows[n]["what"] = "tank"
    cases = write(tmp_path / f"cases.{given}", rows)
    outs = [tmp_path / f"{workers}.{wanted}" for workers in (1, 3)]
    found = [
        screened(cases, out, mapping=MAP, workers=workers, facts=True)
        for workers, out in zip((1, 3), outs, strict=True)
    ]
    assert outs[0].read_bytes() == outs[1].read_bytes()
    names = [Path(str(summary.rejected_output)) for summary in found]
    assert names[0].read_bytes() == names[1].read_bytes()
    plain = [
        replace(s, seconds=0, rows_per_second=0, output="", rejected_output=None) for s in found
    ]
    assert json.dumps(plain[0].to_json()) == json.dumps(plain[1].to_json())


def test_workers_speak_the_language_of_the_one_who_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screening, "_LARGE_BYTES", 1)
    i18n.set_language("vi")
    cases = write(tmp_path / "cases.jsonl", [{"what": "tank"}])
    reasons = []
    for workers in (1, 2):
        screened(cases, tmp_path / "out.csv", mapping=MAP, workers=workers)
        reasons.append(rejected(tmp_path / "out.csv")[0]["reason"])
    i18n.set_language("en")
    screened(cases, tmp_path / "out.csv", mapping=MAP)
    assert reasons[0] == reasons[1] != rejected(tmp_path / "out.csv")[0]["reason"]


def test_progress_goes_up_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "_LARGE_ROWS", 1)
    rows = [{**ROWS[n % 6], "code": f"A{n}"} for n in range(30_000)]
    for given in ("csv", "jsonl", "parquet"):
        cases = write(tmp_path / f"cases.{given}", rows)
        for workers in (1, 2):
            seen: list[screening.Progress] = []
            screened(
                cases, tmp_path / "out.csv", mapping=MAP, workers=workers, progress=seen.append
            )
            assert seen == sorted(seen)
            assert seen[-1] == (30_000, 1.0)
            assert len(seen) > 1
