"""The forms beside the table: follow-up steps, the register of law, the settings, translations."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brightline.editing.edits import value_at
from brightline.editing.pieces import MISSING
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import Event
from brightline.workbench.drafts.form.register import changed_since, law_tags
from brightline.workbench.drafts.models import Stays
from brightline.workbench.drafts.reading import files
from brightline.workbench.publishing.gate import gate_of
from tests.workbench.drafts.conftest import KNIVES, Script

pytestmark = pytest.mark.django_db
HEAD, LAW = "rulebook.yaml", "law.yaml"


def text(draft, path: str = KNIVES) -> str:
    draft.refresh_from_db()
    return files(draft)[path]


def later(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.fixture
def law(script, draft) -> Script:
    began = script.client.post(reverse("draft_begin_law", args=[draft.pk]))
    assert began.headers["Location"] == reverse("draft_edit", args=[draft.pk, LAW])
    draft.refresh_from_db()
    return Script(script.client, draft, LAW)


@pytest.fixture
def head(script, draft) -> Script:
    return Script(script.client, draft, HEAD)


def test_follow_up_steps_are_added_changed_moved_and_taken_out_in_words(script, head, draft):
    first = text(draft)
    head.op("add_entry", 0, section="roles", name="risk", title={"vi": "Rủi ro", "en": "Risk"})
    do = {"vi": "Báo công an", "en": "Tell the police"}
    said = script.op("add_step", 1, clause="K-1", do=do, role="risk", within="4h", at="clause:K-1")
    assert "↳ Rủi ro · 4 giờ" in said["table"]
    script.op("add_step", 2, clause="K-1", do={"vi": "Lưu hồ sơ", "en": "File it"}, role="risk")
    script.op("value", 3, path=["clauses", "K-1", "then", "#1", "within"], value="2d")
    script.op("move_step", 4, clause="K-1", step=1, to=0)
    then = value_at(text(draft), ("clauses", "K-1", "then"))
    assert [one["do"]["en"] for one in then] == ["File it", "Tell the police"]
    assert then[0]["within"] == "2d" and not script.send("check")["errors"]
    script.op("value", 5, path=["clauses", "K-1", "then", "#0", "role"], value="nobody")
    found = script.send("check")
    assert [one["clause"] for one in found["problems"] if one["error"]] == ["K-1"]
    script.op("remove_step", 6, clause="K-1", step=0)
    script.op("remove_step", 7, clause="K-1", step=0)
    assert text(draft) == first
    script.op("remove_step", 8, 409, clause="K-1", step=0)
    script.op("add_step", 8, 422, clause="K-1", do=do, role="a b")


def test_the_steps_stand_beside_the_clause_with_a_time_that_can_be_read(script, head, draft):
    head.op("add_entry", 0, section="roles", name="risk", title={"vi": "Rủi ro", "en": "Risk"})
    script.op("add_step", 1, clause="K-1", do={"vi": "Báo"}, role="risk", within="30m")
    address = reverse("draft_edit", args=[draft.pk, KNIVES]) + "?at=clause:K-1"
    page = script.client.get(address).content.decode()
    assert 'data-value="clauses/K-1/then/#0/role"' in page
    assert 'value="30" data-length-count="clauses/K-1/then/#0/within"' in page


def test_a_new_instrument_is_no_law_until_somebody_has_read_it(law, script, draft, mai):
    cite = {"vi": "Nghị định 1/2026/NĐ-CP", "en": "Decree 1/2026/ND-CP"}
    title = {"vi": "Dao kiếm", "en": "Knives"}
    args = {"section": "law", "name": "decree-1", "cite": cite, "title": title,
            "owner": next(iter(value_at(text(draft, HEAD), ("teams",)))),
            "recheck_by": later(90), "status": "verified"}  # fmt: skip
    law.send("op", op="add_entry", based_on=1, args=args)
    assert value_at(text(draft, LAW), ("law", "decree-1", "status")) == "unverified"
    at = reverse("draft_edit", args=[draft.pk, KNIVES]) + "?at=clause:K-1"
    page = script.client.get(at).content.decode()
    assert '<option value="decree-1" disabled>Nghị định 1/2026/NĐ-CP' in page
    script.op("value", 2, path=["clauses", "K-1", "basis"], value=["decree-1"])
    assert any(p["code"] == "BL-502" and p["error"] for p in script.send("check")["problems"])

    read = {"name": "decree-1", "source": "https://congbao.chinhphu.vn/1", "on": later(0),
            "recheck_by": later(90)}  # fmt: skip
    law.op("verify_law", 3, 422, **{**read, "on": later(1)})
    law.op("verify_law", 3, 422, **{**read, "source": ""})
    law.op("verify_law", 3, by="Someone else", today="2099-01-01", **read)
    entry = value_at(text(draft, LAW), ("law", "decree-1"))
    assert entry["status"] == "verified" and entry["checked_by"] == str(mai)
    assert not any(p["code"] == "BL-502" for p in script.send("check")["problems"])
    assert "disabled>Nghị định 1/2026" not in script.client.get(at).content.decode()
    law.op("unverify_law", 4, name="decree-1")
    entry = value_at(text(draft, LAW), ("law", "decree-1"))
    assert entry["status"] == "unverified" and "checked_by" not in entry


def test_settings_are_entries_that_can_be_added_and_taken_out_while_nothing_names_them(head, draft):
    before = text(draft, HEAD)
    address = reverse("draft_edit", args=[draft.pk, HEAD])
    named = head.client.get(address + "?at=actions:remove_listing").content.decode()
    assert "K-2" in named and 'data-remove-entry="actions"' not in named
    head.op("add_entry", 0, section="queues", name="night", title={"vi": "Đêm"}, sla="2h")
    free = head.client.get(address + "?at=queues:night").content.decode()
    assert 'data-remove-entry="queues"' in free and "2 giờ" in free
    head.op("value", 1, path=["queues", "night", "sla"], value="90m")
    assert value_at(text(draft, HEAD), ("queues", "night", "sla")) == "90m"
    head.op("remove_entry", 2, section="queues", name="night")
    assert text(draft, HEAD) == before
    head.op("add_entry", 3, 409, section="actions", name="allow", title={"vi": "x"}, severity=1)
    head.op("add_entry", 3, 422, section="sops", name="x", title={"vi": "x"})


def test_steps_of_the_ladder_keep_their_order(head, draft):
    steps = value_at(text(draft, HEAD), ("ladder", "steps"))
    old = [one["at"] for one in steps] if steps is not MISSING else []
    title = {"vi": "Nhắc nhở", "en": "A reminder"}
    head.op("add_rung", 0, at=3, title=title)
    head.op("add_rung", 1, at=900, title=title)
    head.op("add_rung", 2, 409, at=3, title=title)
    now = [one["at"] for one in value_at(text(draft, HEAD), ("ladder", "steps"))]
    assert now == [3, *old, 900]
    head.op("remove_rung", 2, at="3")
    assert value_at(text(draft, HEAD), ("ladder", "steps"))[0]["at"] != 3


def behind(draft) -> bool:
    draft.refresh_from_db()
    return not gate_of(draft, timezone.localdate()).holds("translated")


def test_a_text_left_behind_may_stay_on_someones_word_until_it_changes_again(script, draft, mai):
    notice = ["clauses", "K-1", "notice"]
    script.op("text", 0, path=[*notice, "vi"], text="Đã gỡ: vũ khí ngụy trang. Có thể khiếu nại.")
    assert behind(draft)
    page = script.send("check") and script.client.get(
        reverse("draft_form", args=[draft.pk, KNIVES]) + "?at=clause:K-1").json()  # fmt: skip
    mark = page["side"].split('data-stays="')[1].split('"')[0]
    place = [*notice, "en"]
    script.send("stays", 409, place=place, mark="0" * 64, stays=True)
    said = script.send("stays", place=place, mark=mark, stays=True, at="clause:K-1")
    assert str(mai) in said["side"] and "data-stays-not" in said["side"]
    assert not behind(draft) and Stays.objects.get().by == mai
    assert Event.objects.filter(kind=EventKind.DRAFT_TEXT_LEFT).count() == 1

    script.op("text", 1, path=[*notice, "vi"], text="Đã gỡ sản phẩm: vũ khí. Có thể khiếu nại.")
    assert behind(draft)
    script.send("undo", number=2)
    assert not behind(draft)
    script.send("stays", place=place, mark=mark, stays=False)
    assert behind(draft) and not Stays.objects.exists()


def test_who_only_reads_cannot_say_that_a_text_stays(script, draft, phuong):
    reader = Script(Client(), draft)
    reader.client.force_login(phuong)
    answer = reader.client.post(
        reverse("draft_stays", args=[draft.pk, KNIVES]), "{}", "application/json"
    )
    assert answer.status_code in (302, 403)


def test_what_changed_after_it_was_verified_is_marked():
    seen = {"cite": {"vi": "Luật 1"}, "status": "verified", "checked_on": "2026-11-01",
            "checked_by": "Phương"}  # fmt: skip
    assert not changed_since(seen, seen)
    assert changed_since({**seen, "article": "9"}, seen)
    again = {**seen, "article": "9", "checked_on": "2026-11-25"}
    assert not changed_since(again, seen)
    today = date(2026, 11, 26)
    assert [tone for tone, _words in law_tags({**seen, "status": "unverified"}, seen, today)] == [
        "bad"
    ]
    assert [tone for tone, _words in law_tags({**seen, "article": "9"}, seen, today)] == ["warn"]
