"""A policy author tests a version and reads the report, on a desk and on a phone, in Vietnamese."""

from __future__ import annotations

import pytest

from brightline.workbench.backtests import jobs
from brightline.workbench.backtests.keeping import keep_decided, store_of
from brightline.workbench.backtests.models import Report
from brightline.workbench.rulebooks.actions.publish import publish
from tests.workbench.browsing import english, faults, log_in, pressed, told
from tests.workbench.making import a_case, a_rulebook, decided, person

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.one_engine
def test_a_version_is_tested_and_its_report_read(
    browser, live_server, release, alice, settings, tmp_path
):
    settings.CASE_STORE = tmp_path / "stores"
    a_case(ref="L-1")
    decided(alice, item="weapon", hidden="no")
    keep_decided("VN", store_of("VN"))
    publish(a_rulebook(points=6), None)
    person("hoa", "author")
    context = browser.new_context(viewport={"width": 360, "height": 800}, locale="vi-VN")
    page = context.new_page()
    log_in(page, live_server.url, "hoa")
    page.goto(f"{live_server.url}/backtests/")
    told(page, "Chưa xét lại lần nào")
    pressed(page, "Chạy thử trên vụ cũ")
    told(page, "Đang chờ")
    jobs.make_reports()
    page.reload()
    assert not faults(page)
    assert not english(page)
    page.get_by_role("link", name="Mở báo cáo").click()
    page.get_by_text("1/1 vụ việc đổi kết quả").wait_for()
    page.get_by_text("English", exact=True).first.click()  # without a script
    page.get_by_text("1 case of 1 changes").wait_for()
    page.goto("about:blank")
    page.set_content(Report.objects.get().page)  # the same page, where axe may run
    beside = "region: ['#lang-"  # the choice of language stands before both pages, by design
    assert not [fault for fault in faults(page) if not fault.startswith(beside)]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
