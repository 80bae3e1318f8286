"""A checker that has checked before finds what a new one finds, after any edit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from brightline.i18n import use
from brightline.rulebook.laws import LAWS, Checker, check
from brightline.signals.checking import LAWS as SIGNALS

from .test_planted_faults import EC, PROVED, WRITTEN, plant

TODAY = date(2026, 11, 24)
CHOSEN = [
    *(PROVED[0], PROVED[3], PROVED[5]),
    *WRITTEN[::6],
    *(one for one in WRITTEN if any(name != EC for name, _old, _new in one[1])),
]
"""Edits of every kind of file, and of many kinds of findings: a whole check each is dear."""


def test_it_finds_the_same_as_a_new_one_after_every_edit(tmp_path: Path) -> None:
    folder = plant([], tmp_path / "vietnam")
    checker = Checker(folder, LAWS + SIGNALS)
    plain = {path: path.read_text("utf-8") for path in folder.rglob("*.*") if path.is_file()}
    assert checker.check(TODAY).problems == ()
    for _code, edits, *_rest in CHOSEN:
        for name, old, new in edits:
            path = folder / (name if "." in name else f"sops/{name}.yaml")
            text = path.read_text("utf-8") if path.exists() else ""
            path.write_text(text.replace(old, new, 1) if old else text + new, "utf-8")
        assert checker.check(TODAY) == check(folder, TODAY, SIGNALS)
        for path in [path for path in folder.rglob("*.*") if path.is_file()]:
            if path not in plain:
                path.unlink()
            elif path.read_text("utf-8") != plain[path]:
                path.write_text(plain[path], "utf-8")
        assert checker.check(TODAY).problems == ()


def test_it_speaks_the_language_and_knows_the_day(tmp_path: Path) -> None:
    late = ("e-cigarettes", "review_by: 2027-05-31", "review_by: 2026-11-30")
    folder = plant([late], tmp_path / "vietnam")
    checker = Checker(folder, LAWS)
    assert checker.check(TODAY).problems == ()
    with use("en"):
        assert "was due on" in checker.check(date(2026, 12, 1)).problems[0].message
    with use("vi"):
        assert "rà soát" in checker.check(date(2026, 12, 1)).problems[0].message
    assert checker.check(TODAY).problems == ()


def test_an_sop_that_goes_takes_its_findings_along(tmp_path: Path) -> None:
    folder = plant(
        [("e-cigarettes", "  item:\n", "  idle: {kind: yes_no}\n  item:\n")], tmp_path / "v"
    )
    checker = Checker(folder, LAWS)
    assert checker.check(TODAY).problems
    (folder / "sops/e-cigarettes.yaml").unlink()
    left = {problem.path.partition(":")[0] for problem in checker.check(TODAY).problems}
    assert "sops/e-cigarettes.yaml" not in left


def test_an_unreadable_file_hides_nothing_once_it_is_mended(tmp_path: Path) -> None:
    folder = plant([], tmp_path / "vietnam")
    checker = Checker(folder, LAWS)
    path = folder / "sops/reviews.yaml"
    text = path.read_text("utf-8")
    path.write_text(text + "sop: twice\n", "utf-8")
    assert checker.check(TODAY).rulebook is None
    path.write_text(text, "utf-8")
    assert checker.check(TODAY).problems == ()
