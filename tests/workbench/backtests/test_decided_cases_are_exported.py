"""Decided cases go to files: with facts, sources and decisions, once, and no names of people."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from brightline.casestore.describing import describe
from brightline.casestore.store import Store
from brightline.workbench.audit.models import Event
from brightline.workbench.backtests import jobs
from brightline.workbench.backtests.actions.export_cases import export_cases
from brightline.workbench.backtests.keeping import keep_decided, store_of
from brightline.workbench.cases.models import Case, Decision, How
from tests.workbench.making import a_case, decided

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.CASE_STORE = tmp_path / "stores"
    jobs._done.clear()


@pytest.fixture
def sword(release, alice) -> Decision:
    """A sword that Alice removed, and a cushion that the rules let pass."""
    a_case(ref="L-1", seller="shop-9")
    a_case("Gối ôm", ref="L-2")
    return decided(alice, item="weapon", hidden="no")


def _rows(path: Path, table: str = "cases") -> dict[str, dict[str, Any]]:
    key = {"cases": "id", "decisions": "decision", "labels": "id"}[table]
    return {r[key]: r for batch in Store(path).batches(table) for r in batch.to_pylist()}


def test_facts_sources_and_decisions_are_kept(tmp_path, sword):
    keep_decided("VN", tmp_path / "s")
    cases = _rows(tmp_path / "s")
    row = cases["L-1"]
    assert row["facts"] == {"knives.item": "weapon", "knives.hidden": "no"}
    assert row["sources"] == {"knives.item": "moderator", "knives.hidden": "moderator"}
    assert (row["seller"], row["rulebook"]) == ("shop-9", sword.sha)
    assert row["at"] == sword.case.received_at
    assert cases["L-2"]["sources"]["knives.item"].startswith("lexicon:")
    made = _rows(tmp_path / "s", "decisions")[str(sword.pk)]
    assert (made["id"], made["action"], made["how"]) == ("L-1", "remove_listing", "review")
    assert (made["clauses"], made["queue"], made["questions"]) == (["knives/K-2"], "regulated", 2)
    assert made["by"] == f"person-{sword.by_id}"
    assert b"alice" not in b"".join(p.read_bytes() for p in (tmp_path / "s").rglob("*.parquet"))
    found = describe(Store(tmp_path / "s"))
    assert (found.decided.cases, found.decided.how) == (2, {"automatic": 1, "review": 1})


def test_only_what_is_new_goes_out_again(tmp_path, sword, bob):
    path = tmp_path / "s"
    first = export_cases("VN", path, None)
    assert (first["cases"].added, first["decisions"].added) == (2, 2)
    before = Store(path).manifest
    again = export_cases("VN", path, None)
    assert Store(path).manifest == before
    assert again["cases"].added == again["cases"].replaced == 0
    a_case(ref="L-3")
    decided(bob, item="kitchen_knife")
    then = export_cases("VN", path, None)
    assert (then["cases"].added, then["decisions"].added) == (1, 1)
    assert [e.after["kept_cases"] for e in Event.objects.filter(kind="cases.exported")] == [2, 1]


def test_a_case_that_was_settled_anew_goes_out_with_its_new_facts_and_a_label(tmp_path, sword):
    path = tmp_path / "s"
    keep_decided("VN", path)
    facts = {**sword.facts, "hidden": {**sword.facts["hidden"], "value": "yes"}}
    settled = Decision.objects.create(
        case=sword.case, how=How.ADJUDICATION, by=sword.by, sha=sword.sha, day=sword.day,
        action="suspend_shop", clauses=[{**sword.clauses[0], "clause": "K-1"}], facts=facts,
        at=timezone.now(), in_force=True,
    )  # fmt: skip
    told = keep_decided("VN", path)
    assert (told["cases"].replaced, told["decisions"].added) == (1, 1)
    assert _rows(path)["L-1"]["facts"]["knives.hidden"] == "yes"
    label = _rows(path, "labels")["L-1"]
    assert (label["label"], label["action"], label["clause"]) == (
        "adjudicated", "suspend_shop", "knives/K-1",
    )  # fmt: skip
    assert label["by"] == f"person-{settled.by_id}"


def test_texts_and_made_up_cases_stay_out_where_that_is_asked(tmp_path, sword):
    Case.objects.filter(ref="L-2").update(sample=True)
    keep_decided("VN", tmp_path / "s", texts=False)
    assert {ref: row["attributes"] for ref, row in _rows(tmp_path / "s").items()} == {"L-1": None}
    keep_decided("VN", tmp_path / "t", samples=True)
    assert set(_rows(tmp_path / "t")) == {"L-1", "L-2"}
    assert "Kiếm" in _rows(tmp_path / "t")["L-1"]["attributes"]


def test_the_job_exports_once_a_night(sword, monkeypatch, settings):
    at = [datetime(2026, 11, 25, 14, 0, tzinfo=timezone.get_current_timezone())]
    monkeypatch.setattr(jobs.timezone, "localtime", lambda *_of: at[0])
    jobs.export_decided_cases()
    assert not store_of("VN").exists()  # in the afternoon nothing happens
    settings.CASE_STORE_FACTS_ONLY = True
    at[0] = at[0].replace(hour=2)
    jobs.export_decided_cases()
    assert _rows(store_of("VN"))["L-1"]["attributes"] is None
    monkeypatch.setattr(jobs, "export_cases", lambda *_a, **_k: pytest.fail("twice in a night"))
    jobs.export_decided_cases()


def test_a_store_that_cannot_be_written_stops_no_other_job(sword, monkeypatch, caplog):
    store_of("VN").mkdir(parents=True)
    (store_of("VN") / "letter.txt").write_text("dear")
    jobs.export_all(timezone.localtime())
    assert "cases of VN were not exported" in caplog.text
