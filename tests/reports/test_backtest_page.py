"""The page of a back-test holds what was found, in both languages, and nothing hostile."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from brightline.backtesting.report import VersionNames
from brightline.backtesting.results import Backtest
from brightline.backtesting.run import backtest
from brightline.casestore.store import Store
from brightline.forecasting.arrivals import WEEK
from brightline.forecasting.outlook import NoOutlook, Outlook, outlook_of
from brightline.forecasting.shifts import Shifts
from brightline.i18n import use
from brightline.reports.backtest_outlook import rows
from brightline.reports.backtest_page import backtest_page
from brightline.reports.backtest_words import count, percent
from brightline.rulebook.reading import read
from brightline.screening.beside import put_decisions
from brightline.screening.moments import times_of
from brightline.screening.storing import keep_cases
from tests.reports.test_pages import HOSTILE, Page, harmless

GOOD = Path(__file__).parent.parent / "rulebook" / "good"
CASES, WEEKS = 240, 6


def _cases(path: Path) -> Path:
    lines = []
    for number in range(CASES):
        facts = {"category": "electronics"}
        if number % 4:
            facts["vapes.item"] = ["e_cigarette", "other", "accessory"][number % 3]
        day, hour = 5 + number % (WEEKS * 7) % 25, 8 + number % 10
        time = f"2026-{10 if number % 2 else 9:02}-{day:02}T{hour:02}:15:00+07:00"
        case = {"id": f"{HOSTILE}{number}", "subject": "listing", "facts": facts}
        lines.append(json.dumps({**case, "attributes": {"title": "x", "created_at": time}}))
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.fixture(scope="module")
def edited(tmp_path_factory) -> Path:
    """The small rulebook, in which the removal of devices became milder."""
    folder = tmp_path_factory.mktemp("edited") / "market"
    shutil.copytree(GOOD, folder)
    file = folder / "sops" / "vapes.yaml"
    text = file.read_text("utf-8")
    assert "action: remove" in text
    file.write_text(text.replace("action: remove", "action: escalate", 1), "utf-8")
    return folder


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    keep_cases(read(GOOD), [_cases(folder / "cases.jsonl")], folder / "store")
    decided = folder / "decided.jsonl"
    decided.write_text(
        "\n".join(
            json.dumps({"id": f"{HOSTILE}{n}", "action": "remove", "at": f"2026-10-30T0{n % 9}:00Z",
                        "seconds": 40 + n % 41})
            for n in range(0, CASES, 3)
        ),
        "utf-8",
    )  # fmt: skip
    assert put_decisions(Store(folder / "store"), decided).told.added == CASES / 3
    return folder / "store"


@pytest.fixture(scope="module")
def found(store, edited) -> Backtest:
    return backtest(read(GOOD), read(edited), store, names=VersionNames("<old>", "new"))


def _outlook(found: Backtest, store: Path, people: float = 1.0) -> Outlook:
    times = times_of(store, read(GOOD))
    shifts = Shifts(np.full(WEEK, people), 0.3)
    return outlook_of(
        found, times.moments, times.by_hour, times.seconds, shifts, sla=3600.0, runs=40
    )


def test_a_store_says_what_the_file_says(store, edited, found):
    file = store.parent / "cases.jsonl"
    of_file = backtest(read(GOOD), read(edited), file, names=VersionNames("<old>", "new"))
    for name in ("cases", "kinds", "flows", "bounds", "sops", "clauses", "missing"):
        assert getattr(found, name) == getattr(of_file, name), name
    assert found.groups["week"] == of_file.groups["week"]
    assert found.agreement is not None and found.agreement.labelled == CASES / 3
    assert of_file.agreement is None


def test_the_page_is_whole_and_harmless(found, store):
    with use("vi"):
        html = backtest_page(found, _outlook(found, store), read(GOOD))
    page = harmless(html)
    assert html.startswith('<!doctype html>\n<html lang="vi">')
    assert found.changed > 0
    with use("en"):
        assert f"{count(found.changed)} cases of {CASES} change" in page.words
    assert f"{found.changed}/{CASES} vụ việc đổi kết quả" in page.words
    assert "<old>" in page.words
    assert page.words.count(HOSTILE) >= 2
    for title in ("By week", "The queue in the next 4 weeks", "Theo tuần", "Cases that show it"):
        assert title in page.words
    assert html.count("<svg") == 2 * 3


def test_every_flow_stands_on_the_page(found):
    with use("en"):
        html = backtest_page(found)
    page = Page(html)
    titles = {one.action: one.title["en"] for one in found.actions}
    titles["manual_review"] = "not determined"
    moved = [flow for flow in found.flows if flow.old != flow.new]
    assert moved
    for flow in moved:
        assert f"{titles[flow.old]} → {titles[flow.new]}" in page.words
        with use("en"):
            assert percent(flow.cases, found.cases) in page.words


def test_versions_that_say_the_same_need_no_charts(store):
    same = backtest(read(GOOD), read(GOOD), store, names=VersionNames("a", "b"))
    with use("en"):
        page = harmless(backtest_page(same))
    assert "No case comes to anything else." in page.words
    assert "From action to action" not in page.words


def test_no_case_at_all_is_said(tmp_path, edited):
    empty = tmp_path / "none.jsonl"
    empty.write_text("")
    none = backtest(read(GOOD), read(edited), empty, names=VersionNames("a", "b"))
    with use("en"):
        assert "There is no case to test." in harmless(backtest_page(none)).words


def test_the_queue_follows_from_arrivals_decisions_and_shifts(found, store):
    outlook = _outlook(found, store)
    assert outlook.source == "decisions" and outlook.times == CASES / 3
    assert outlook.seconds_old == pytest.approx(np.mean([40 + n % 41 for n in range(0, CASES, 3)]))
    assert outlook.by_hour and outlook.measured
    share = found.person_new / found.cases
    assert outlook.new.arriving == pytest.approx(outlook.arriving * share)
    assert outlook.new.arriving > outlook.old.arriving  # what was removed is escalated now
    assert len(rows(outlook)) == 9
    busy = _outlook(found, store, people=0.005)
    assert busy.new.within.mean < busy.old.within.mean < 1


def test_what_a_forecast_needs_is_asked_for(found):
    none = np.zeros(0)
    shifts = Shifts(np.ones(WEEK))
    with pytest.raises(NoOutlook, match="no case says when it came"):
        outlook_of(found, none.astype("datetime64[D]"), False, none, shifts, sla=60.0)
    days = np.array(["2026-10-05"], "datetime64[D]")
    with pytest.raises(NoOutlook, match="how long a person takes"):
        outlook_of(replace(found, effort=None), days, False, none, shifts, sla=60.0)
    given = outlook_of(
        found, days, False, none, shifts, sla=60.0, given_seconds=50.0, runs=10, weeks=1
    )
    assert (given.source, given.seconds_old, given.by_hour) == ("given", 50.0, False)
