"""Back-tests in the workbench: asked for by who may, made once, read by who may, elsewhere not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from brightline.workbench.audit.models import Event
from brightline.workbench.backtests import jobs
from brightline.workbench.backtests.actions.make_report import PATIENCE, take_next
from brightline.workbench.backtests.keeping import keep_decided, store_of
from brightline.workbench.backtests.models import Report
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.rulebooks.models import Release
from tests.workbench.making import a_case, a_rulebook, decided, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(release, alice, settings, tmp_path) -> list[Release]:
    """Two releases, one of fewer points; a sword was decided and is on file."""
    settings.CASE_STORE = tmp_path / "stores"
    a_case("Kiếm Nhật <b>thật</b>", ref="L-1")
    decided(alice, item="weapon", hidden="no")
    keep_decided("VN", store_of("VN"))
    return [release, publish(a_rulebook(points=6), None)]


@pytest.fixture
def author(db):
    """A policy author."""
    return person("hoa", "author")


def _ask(client, old: object = 1, new: object = 2, market: str = "VN"):
    return client.post(reverse("ask_backtest"), {"market": market, "old": old, "new": new})


def _page(client, **query: object) -> str:
    response = client.get(reverse("backtests"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_report_is_asked_for_made_and_read(client, two, author):
    author.language = "en"
    author.save()
    client.force_login(author)
    assert "1 decided case is on file" in _page(client)
    _ask(client)
    _ask(client)  # twice is once, while it waits
    assert Report.objects.count() == 1
    assert "Waiting" in _page(client)
    assert jobs.make_reports() == 1
    assert jobs.make_reports() == 0
    report = Report.objects.get()
    assert (report.status, report.cases, report.changed) == ("done", 1, 1)
    listed = _page(client)
    assert "1 of 1" in listed and "Hoa" in listed and report.new_sha[:12] in listed
    shown = client.get(reverse("backtest", args=[report.pk]))
    assert "1 case of 1 changes" in shown.content.decode()
    policy = shown["Content-Security-Policy"]
    assert "script-src" not in policy and "default-src 'none'" in policy and "sandbox" in policy
    assert [e.kind for e in Event.objects.order_by("-seq")[:2]] == [
        "backtest.made", "backtest.asked",
    ]  # fmt: skip


def test_who_may_only_read_does_not_ask(client, two, mai):
    reader = person("quan", "quality")
    client.force_login(reader)
    page = _page(client)
    assert reverse("ask_backtest") not in page
    assert _ask(client).status_code == 403
    client.force_login(mai)
    assert reverse("ask_backtest") in _page(client)


def test_a_role_for_another_market_reaches_neither_list_nor_report(client, two, author):
    client.force_login(author)
    _ask(client)
    jobs.make_reports()
    report = Report.objects.get()
    client.force_login(person("th", "manager", market="TH"))
    assert report.new_name not in _page(client)
    assert client.get(reverse("backtests"), {"market": "VN"}).status_code == 404
    assert client.get(reverse("backtest", args=[report.pk])).status_code == 403
    assert _ask(client).status_code == 403
    client.force_login(person("mod", "moderator"))
    assert client.get(reverse("backtest", args=[report.pk])).status_code == 403


@pytest.mark.parametrize(("old", "new"), [(1, 1), (1, 99), ("", 2), ("x", "y")])
def test_two_versions_are_needed_that_differ(client, two, author, old, new):
    client.force_login(author)
    assert _ask(client, old, new).status_code == 302
    assert not Report.objects.exists()


def test_an_unknown_market_is_not_found(client, two, author):
    client.force_login(author)
    assert _ask(client, market="XX").status_code == 404


def test_where_no_case_is_on_file_the_page_says_what_to_do(
    client, release, author, settings, tmp_path
):
    settings.CASE_STORE = tmp_path / "none"
    author.language = "en"
    author.save()
    client.force_login(author)
    assert "brightline cases export" in _page(client)


def test_a_report_that_fails_says_why_and_the_next_is_made(client, two, author):
    client.force_login(author)
    _ask(client)
    for path in store_of("VN").rglob("*.parquet"):
        path.write_bytes(b"broken")
    author.language = "en"
    author.save()
    jobs.make_reports()
    report = Report.objects.get()
    assert report.status == "failed"
    assert "damaged" in report.why
    assert "damaged" in _page(client)
    assert client.get(reverse("backtest", args=[report.pk])).status_code == 302


def test_a_report_whose_maker_died_is_made_by_another(two, author):
    from brightline.workbench.backtests.actions.ask_backtest import Version, ask_backtest

    ask_backtest("VN", Version.of(two[0]), Version.of(two[1]), author)
    report = take_next()
    assert report is not None
    assert take_next() is None  # it is in hand
    Report.objects.update(begun_at=timezone.now() - PATIENCE - timedelta(minutes=1))
    assert take_next() == report


def test_a_draft_is_tested_by_its_own_form(two, author):
    from brightline.rulebook.canonical import to_json
    from brightline.workbench.backtests.actions.ask_backtest import Version, ask_backtest

    draft = a_rulebook(points=3)
    ask_backtest("VN", Version.of(two[0]), Version(draft.sha, "draft", to_json(draft)), author)
    jobs.make_reports()
    assert Report.objects.get().changed == 1
