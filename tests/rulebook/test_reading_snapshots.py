"""The words of every problem, kept in `snapshots/`; BRIGHTLINE_SNAPSHOTS=write renews them."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from brightline.i18n import use
from brightline.rulebook.laws import check
from brightline.rulebook.problems import render

from .planted import HERE, NOTICE, TOPICS, good_copy, mistakes, problems_of


def agrees(name: str, text: str) -> None:
    """Compares with the snapshot of that name, or writes it when asked to."""
    path = HERE / "snapshots" / f"{name}.txt"
    if os.environ.get("BRIGHTLINE_SNAPSHOTS") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("topic", TOPICS)
def test_problems_are_told_in_plain_words(
    topic: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = []
    for number, mistake in enumerate(mistakes(topic)):
        folder = tmp_path / str(number)
        folder.mkdir()
        mistake.plant(good_copy(folder))
        monkeypatch.chdir(folder)
        with use(language):
            told = "\n".join(map(render, problems_of(Path("market"))))
        blocks.append(f"=== {mistake.name}\n{told}\n")
    agrees(f"{topic}.{language}", "\n".join(blocks))


CHANGES = [
    ("sops/vapes.yaml", "review_by: 2027-06-30", "review_by: 2026-01-31"),
    ("sops/vapes.yaml", "basis: [res-1]", "basis: [draft-2]"),
    ("sops/vapes.yaml", "expect: V-1, text", "expect: V-9, text"),
    ("sops/vapes.yaml", "item: other, price: 90000, claims: no", "item: other"),
    ("law.yaml", "recheck_by: 2027-02-28", "recheck_by: 2026-02-28"),
    ("rulebook.yaml", "severity: 60", "severity: 50"),
    ("sops/reviews.yaml", NOTICE, ""),
    ("cases/golden.jsonl", '"clause": "V-1"', '"clause": "V-8"'),
]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_check_finds_is_told_in_plain_words(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = good_copy(tmp_path)
    for file, old, new in CHANGES:
        path = folder / file
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    monkeypatch.chdir(tmp_path)
    with use(language):
        told = "\n\n".join(map(render, check(Path("market"), date(2026, 11, 23)).problems))
    agrees(f"check.{language}", told + "\n")
