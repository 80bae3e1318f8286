"""The export: the DSA schema's columns, no formulas, no personal data, Vietnam's days."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from brightline import i18n
from brightline.paths import bundled_rulebook
from brightline.rulebook.reading import read
from brightline.workbench.sellers.dsa import COLUMNS
from brightline.workbench.sellers.dsa_words import ACTIONS, CATEGORIES
from brightline.workbench.sellers.models import Statement
from tests.workbench.making import a_case, decided
from tests.workbench.sellers.making import adjudicate, removed, suspended

pytestmark = pytest.mark.django_db
REQUIRED = ("puid", "decision_ground", "category", "content_type", "content_date",
            "application_date", "territorial_scope", "decision_facts", "source_type",
            "automated_detection", "automated_decision")  # fmt: skip


@pytest.fixture
def take(enter, mai):
    """`take("json")` is what the manager downloads."""
    client = enter(mai)

    def taken(form: str, start: str = "2020-01-01", end: str = "2030-01-01", lang: str = "vi"):
        address = reverse("statements_file", args=[form])
        response = client.get(f"{address}?from={start}&to={end}&lang={lang}")
        assert response.status_code == 200
        text = response.getvalue().decode()
        if form == "json":
            return json.loads(text)["statements"]
        assert text.startswith("\ufeff")
        return list(csv.DictReader(io.StringIO(text[1:])))

    return taken


def test_every_statement_that_restricts_is_a_row(take, release, alice):
    removed(alice, ref="L-1")
    row = take("json")[0]
    assert list(row) == list(COLUMNS)
    assert all(row[name] for name in REQUIRED)
    assert row["puid"] == Statement.objects.get().puid
    assert row["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_REMOVED"]
    assert row["decision_ground"] == "DECISION_GROUND_INCOMPATIBLE_CONTENT"
    assert row["incompatible_content_ground"] == "K-2 Vũ khí"
    assert row["content_type"] == ["CONTENT_TYPE_PRODUCT"]
    assert row["territorial_scope"] == ["VN"]
    assert row["automated_decision"] == "AUTOMATED_DECISION_NOT_AUTOMATED"


def test_one_of_the_four_decisions_is_always_there(take, release, alice):
    removed(alice, title="Kiếm Nhật một")
    suspended(alice, title="Kiếm Nhật hai")
    for row in take("json"):
        assert row["decision_visibility"] or row["decision_account"] or row["decision_provision"]


def test_csv_and_json_hold_the_same(take, release, alice):
    removed(alice)
    plain, rich = take("csv")[0], take("json")[0]
    assert list(plain) == list(COLUMNS)
    for name in COLUMNS:
        value = rich[name]
        told = ";".join(value) if isinstance(value, list) else value
        told = {None: "", True: "true", False: "false"}.get(told, told)
        assert plain[name] == told, name


def test_a_lifted_restriction_ends_its_row(take, release, alice, carol):
    adjudicate(removed(alice))
    decided(carol, item="other")
    row = take("json")[0]
    assert len(take("json")) == 1
    assert row["end_date_visibility_restriction"] == row["application_date"]
    assert row["end_date_account_restriction"] is None


def test_it_holds_nothing_personal(take, release, alice):
    removed(alice, seller="shop-mai-0912345678", title="Kiếm Nhật của chị Mai 0912345678")
    said = json.dumps(take("json"), ensure_ascii=False)
    assert "0912345678" not in said
    assert "Mai" not in said


def test_no_cell_is_a_formula(take, release, alice):
    removed(alice)
    statement = Statement.objects.get()
    texts = statement.texts
    texts["vi"]["reasons"][0]["facts"][0]["statement"] = "=HYPERLINK(1)"
    texts["vi"]["reasons"][0]["notice"] = "@SUM(1)"
    Statement.objects.update(texts=texts)
    row = take("csv")[0]
    assert row["decision_facts"].startswith("'=")
    assert row["incompatible_content_explanation"].startswith("'@")


def test_a_puid_is_fit_for_the_database(take, release, alice):
    removed(alice)
    puid = take("json")[0]["puid"]
    assert puid.isascii()
    assert puid.isalnum()


def test_days_are_those_of_vietnam(take, release, alice):
    removed(alice)
    late = datetime(2026, 6, 30, 23, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    Statement.objects.update(made_at=late)
    assert take("json", "2026-06-30", "2026-06-30")[0]["application_date"] == "2026-06-30"
    assert take("json", "2026-07-01", "2026-07-01") == []


def test_texts_are_in_the_language_of_the_page(take, release, alice):
    removed(alice)
    assert take("json", lang="en")[0]["incompatible_content_ground"] == "K-2 Weapon"
    assert i18n.language()  # nothing of the stream is left in force


def test_law_makes_it_illegal(take, release, alice):
    removed(alice)
    statement = Statement.objects.get()
    texts = statement.texts
    texts["vi"]["reasons"][0]["basis"] = [{"law": True, "words": "Nghị quyết 173/2024/QH15"}]
    Statement.objects.update(texts=texts)
    row = take("json")[0]
    assert row["decision_ground"] == "DECISION_GROUND_ILLEGAL_CONTENT"
    assert row["illegal_content_legal_ground"] == "Nghị quyết 173/2024/QH15"
    assert row["incompatible_content_ground"] is None


def test_an_allowed_case_is_no_row(take, release):
    a_case("Gối ôm hình gấu")
    assert take("json") == take("csv") == []


@pytest.mark.parametrize(
    "days", ["from=yesterday", "from=2026-02-30", "from=2026-02-02&to=2026-02-01",
             "from=0001-01-01", "to=9999-12-31"],
)  # fmt: skip
def test_days_that_cannot_be_lead_back_to_the_page(enter, mai, release, days):
    client = enter(mai)
    assert 'role="alert"' in client.get(f"{reverse('statements')}?{days}").content.decode()
    assert client.get(f"{reverse('statements_file', args=['csv'])}?{days}").status_code == 302


def test_another_form_is_not_found(enter, mai, release):
    assert enter(mai).get(reverse("statements_file", args=["exe"])).status_code == 404


def test_each_action_and_sop_of_vietnam_has_a_word_of_the_schema():
    book = read(bundled_rulebook())
    told = {n for n, a in book.actions.items() if n != book.default_action and not a.person}
    assert told <= set(ACTIONS)
    assert {sop.sop for sop in book.sops} <= set(CATEGORIES)
