"""With many decided cases, drafts are put to files that all workers share, and the page says so."""

from __future__ import annotations

import pytest

from brightline.backtesting import mapped
from brightline.casestore.store import Store
from brightline.workbench.backtests.keeping import keep_decided
from brightline.workbench.cases.models import Case
from brightline.workbench.drafts import impact, past
from brightline.workbench.drafts.past_files import latest, write_past
from tests.workbench.making import a_case, decided

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.PAST_CASES = tmp_path / "past"
    settings.PAST_CASES_MOST = 1000


@pytest.fixture
def swords(release, alice) -> list[Case]:
    """Three decided cases, one of them no sword."""
    for ref, item in (("L-1", "weapon"), ("L-2", "weapon"), ("L-3", "kitchen_knife")):
        a_case(f"Kiếm {ref}", ref=ref)
        decided(alice, item=item, hidden="no")
    return list(Case.objects.order_by("received_at", "pk"))


@pytest.fixture
def files(swords, tmp_path, monkeypatch) -> Store:
    """Their files; the database is not asked."""
    monkeypatch.setattr(past, "FROM_DATABASE", 0)
    keep_decided("VN", tmp_path / "store")
    store = Store(tmp_path / "store")
    assert [place.parent.name for place in write_past("VN", store)] == ["listing"]
    return store


def stricter(script, revision: int = 0) -> str:
    script.op("value", revision, path=["clauses", "K-2", "action"], value="suspend_shop")
    return script.send("impact")["html"]


def test_files_say_what_the_database_says(script, swords, draft, tmp_path, monkeypatch):
    from_database = stricter(script)
    assert "<b>2" in from_database and "L-1" in from_database
    keep_decided("VN", tmp_path / "store")
    write_past("VN", Store(tmp_path / "store"))
    assert script.send("impact")["html"] == from_database, "few cases: the database is as quick"
    monkeypatch.setattr(past, "FROM_DATABASE", 2)
    impact.forget()
    on_file = script.send("impact")["html"]
    assert "bản xuất ban đêm" in on_file and "bản xuất ban đêm" not in from_database
    table = from_database.index("<table")
    assert on_file[on_file.index("<table") :] == from_database[table:], "the same counts and cases"


def test_the_page_says_of_how_many_these_are_the_last(script, files, settings):
    settings.PAST_CASES_MOST = 2
    write_past("VN", files)
    said = stricter(script)
    assert "2 vụ gần nhất" in said and "tất cả 3" in said
    assert "<b>1" in said and "L-1" not in said and "L-2" in said


def test_a_case_that_is_gone_is_counted_and_not_linked(script, files, monkeypatch):
    Case.objects.filter(ref="L-1").update(ref="another")
    said = stricter(script)
    assert "<b>2" in said and "L-1" not in said and "L-2" in said


def test_files_are_replaced_by_newer_ones_and_left_alone_else(files, alice, tmp_path):
    first = latest("VN", "listing")
    assert first is not None and write_past("VN", files) == []
    a_case("Kiếm L-4", ref="L-4")
    decided(alice, item="weapon", hidden="no")
    keep_decided("VN", tmp_path / "store")
    (second,) = write_past("VN", files)
    assert latest("VN", "listing") == second != first
    assert [one.name for one in second.parent.iterdir()] == [second.name]


def test_patterns_are_worked_out_once_for_all_workers(script, files, monkeypatch):
    monkeypatch.setattr(mapped, "numbered", None)
    assert "<b>2" in stricter(script), "the night's job grouped them already"


def test_damaged_files_are_passed_over(script, files, monkeypatch):
    place = latest("VN", "listing")
    assert place is not None
    past.rows_in(place)
    (place / "about.json").write_text("{")
    monkeypatch.setattr(past, "FROM_DATABASE", 2)
    said = stricter(script)
    assert "L-2" in said and "bản xuất ban đêm" not in said, "the database is asked instead"


def test_no_files_are_written_where_none_are_wanted(swords, settings, tmp_path):
    settings.PAST_CASES_MOST = 0
    keep_decided("VN", tmp_path / "store")
    assert write_past("VN", Store(tmp_path / "store")) == []
    assert past.past_place("VN", "listing") is None
