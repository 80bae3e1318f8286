"""The log is read in words, filtered, paged and saved; no cell of the file is a formula."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import Event
from brightline.workbench.audit.recording import record
from brightline.workbench.records.finding import Filters, events_for, first_at
from tests.workbench.making import a_case, decided, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(client: Client, release, alice) -> Client:
    """The browser of a quality analyst, after a case was decided by alice."""
    a_case(ref="SP-1")
    decided(alice, item="weapon", hidden="no")
    client.force_login(person("duc", "quality"))
    return client


def found(**wanted: str) -> list[int]:
    duc = User.objects.get(username="duc")
    return sorted(events_for(duc, Filters.of(wanted)).values_list("seq", flat=True))


def test_events_read_as_words(analyst):
    text = analyst.get(reverse("events")).content.decode()
    for words in ("Quyết định vụ việc", "Alice", "SP-1", "Gỡ sản phẩm", "K-2", "Hàng cấm"):
        assert words in text, words
    assert "{" not in text.split("<tbody>")[1].split("</tbody>")[0]


def test_each_filter_narrows(analyst):
    everything = found()
    assert len(everything) > 3
    assert len(found(kind="case.decided")) == 1
    assert found(kind="nonsense") == everything
    hers = Event.objects.filter(actor__username="alice").values_list("seq", flat=True)
    assert set(found(kind="task.claimed") + found(kind="case.decided")) <= set(hers)
    assert found(person="ALICE") == sorted(hers)
    assert set(found(case="SP-1")) < set(everything)
    assert found(case="SP-2") == []
    assert found(on="decision:999999") == []
    today = timezone.localdate()
    assert found(since=today.isoformat(), until=today.isoformat()) == everything
    assert found(since=(today + timedelta(days=1)).isoformat()) == []


def test_a_day_is_found_among_many_without_reading_them(analyst, django_assert_max_num_queries):
    now = timezone.now()
    with django_assert_max_num_queries(10):
        assert first_at(now + timedelta(days=1)) == Event.objects.count() + 1
        assert first_at(now - timedelta(days=9000)) == 1


def test_pages_go_on_from_where_one_is(analyst, monkeypatch):
    monkeypatch.setattr("brightline.workbench.records.views.PAGE", 2)
    seen, before = [], ""
    for _n in range(9):
        text = analyst.get(reverse("events"), {"before": before} if before else {}).content.decode()
        rows = [int(part.split('"')[0]) for part in text.split('id="e')[1:]]
        if not rows:
            break
        seen += rows
        before = str(rows[-1])
    assert seen == sorted(found(), reverse=True)


def table(client: Client, **wanted: str) -> list[list[str]]:
    answer = client.get(reverse("export_events"), wanted)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_file_holds_all_that_fit_in_order(analyst, monkeypatch):
    monkeypatch.setattr("brightline.workbench.records.views.CHUNK", 2)
    rows = table(analyst)
    assert rows[0][:4] == ["Số", "Khi", "Việc gì", "Ai"]
    assert [int(row[0]) for row in rows[1:]] == found()
    assert len(table(analyst, kind="case.decided")) == 2


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")'])
def test_no_cell_is_a_formula(analyst, evil):
    with transaction.atomic():
        record(EventKind.QUEUE_PAUSED, None, ("queue", "VN/regulated"), why=evil)
    assert table(analyst)[-1][8].startswith("'")


def test_who_may_read_one_queue_sees_its_cases_only(client, release, alice):
    a_case(ref="mine")
    client.force_login(person("lead", "lead", queue="general"))
    text = client.get(reverse("events")).content.decode()
    assert "mine" not in text
    assert "chỉ tới một số thị trường" in text
    client.force_login(person("lead2", "lead", queue="regulated"))
    assert "mine" in client.get(reverse("events")).content.decode()
