"""`brightline backtest --shifts`: what becomes of the queue, in text, JSON and on the page."""

from __future__ import annotations

import json

import pytest

SHIFTS = "shifts:\n  - {days: mon-fri, from: 8, to: 17, people: 2}\n"


@pytest.fixture
def cases(tmp_path):
    path = tmp_path / "cases.jsonl"
    lines = [
        {"id": f"c{n}", "subject": "listing", "facts": {"category": "electronics"},
         "attributes": {"title": "Pod", "created_at": f"2026-10-{5 + n % 20:02}T09:00:00"}}
        for n in range(40)
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


@pytest.fixture
def shifts(tmp_path):
    path = tmp_path / "shifts.yaml"
    path.write_text(SHIFTS)
    return path


def test_the_queue_is_told_in_every_form(run, good, cases, shifts, tmp_path):
    words = ("backtest", good, good, cases, "--shifts", shifts, "--seconds", 60, "--sla", "4h")
    text = run(*words).stdout
    assert "The queue" in text and "Time a case: as it was given." in text
    queue = json.loads(run(*words, "--format", "json").stdout)["queue"]
    assert queue["sla"] == 4 * 3600
    assert queue["old"]["paid"] == 2 * 9 * 5
    assert queue["old"] == queue["new"]  # the same rulebook twice
    page = tmp_path / "page.html"
    run(*words, "--format", "html", "-o", page)
    assert "The queue in the next 4 weeks" in page.read_text("utf-8")


def test_without_shifts_nothing_is_foreseen(run, good, cases):
    told = run("backtest", good, good, cases, "--format", "json")
    assert json.loads(told.stdout)["queue"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--sla", "tomorrow"], "no length of time"),
        (["--sla", "-3h"], "no length of time"),
        (["--shifts", "nowhere.yaml"], "nowhere.yaml cannot be read"),
        (["--seconds", "0"], "--seconds"),
    ],
)
def test_mistakes_are_told(run, good, cases, shifts, words, said):
    given = [] if "--shifts" in words else ["--shifts", shifts]
    told = run("backtest", good, good, cases, *given, *words)
    assert told.exit_code == 2
    assert said in told.stderr
