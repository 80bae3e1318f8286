"""The editor: what the table sends becomes one change of the text; the page says what follows."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from brightline.editing.edits import value_at
from brightline.editing.pieces import MISSING
from brightline.workbench.drafts import static_folder
from brightline.workbench.drafts.models import Draft, Unmerged
from brightline.workbench.drafts.reading import content_sha_or_none, files
from tests.workbench.drafts.conftest import KNIVES, Script
from tests.workbench.making import a_case, decided, person

pytestmark = pytest.mark.django_db


def text(draft) -> str:
    draft.refresh_from_db()
    return files(draft)[KNIVES]


def test_the_page_shows_clauses_as_rows_and_tests_in_words(script, draft):
    page = script.client.get(reverse("draft_edit", args=[draft.pk, KNIVES])).content.decode()
    for said in ("Vũ khí ngụy trang", "Mặt hàng", "Gỡ sản phẩm", 'data-test data-clause="K-1"'):
        assert said in page
    assert re.search(r'data-fact="item" data-raw="&#34;weapon&#34;"[^>]*>Vũ khí<', page)


def test_each_change_of_the_table_is_a_change_of_the_text(script, draft):
    first = text(draft)
    said = script.op("test", 0, clause="K-2", row=0, fact="hidden", test="no")
    assert value_at(text(draft), ("clauses", "K-2", "when")) == {"item": "weapon", "hidden": "no"}
    assert "không" in said["table"]
    script.op("value", 1, path=["clauses", "K-2", "action"], value="suspend_shop")
    script.op("value", 2, path=["clauses", "K-2", "points"], value=20)
    script.op("text", 3, path=["clauses", "K-2", "notice", "en"], text="Gone: a weapon. Appeal.")
    script.op("move_clause", 4, clause="K-2", before="K-1")
    script.op("add_clause", 5, title={"vi": "Dao gấp"}, action="allow", after="K-2")
    script.op("test", 6, clause="K-3", row=0, fact="item", test=["kitchen_knife"])
    script.op("add_row", 7, clause="K-3", fact="item", test={"not": ["weapon", "other"]})
    now = text(draft)
    assert [c["id"] for c in value_at(now, ("clauses",))] == ["K-2", "K-3", "K-1", "K-9"]
    assert value_at(now, ("clauses", "K-2", "points")) == 20
    assert len(value_at(now, ("clauses", "K-3", "when"))) == 2
    for number in range(8, 0, -1):
        script.send("undo", number=number)
    assert text(draft) == first


def test_a_question_an_option_and_an_example_are_added_in_words(script, draft):
    script.op("add_fact", 0, name="folds", kind="choice", title={"vi": "Gấp được"},
               ask={"vi": "Dao có gấp được không?"},
               options={"yes_it_does": {"vi": "Gấp được"}, "fixed": {"vi": "Cố định"}})  # fmt: skip
    script.op("value", 1, path=["facts", "folds", "options", "multi"], value={"vi": "Đa năng"})
    script.op("add_example", 2, facts={"item": "weapon", "hidden": "no"}, expect="K-2",
               text={"vi": "Kiếm treo tường"})  # fmt: skip
    now = text(draft)
    assert list(value_at(now, ("facts", "folds", "options"))) == ["yes_it_does", "fixed", "multi"]
    assert value_at(now, ("examples", "ex-1", "facts")) == {"item": "weapon", "hidden": "no"}
    script.op("remove_example", 3, example="ex-1")
    script.op("remove_fact", 4, fact="folds")
    assert value_at(text(draft), ("examples",)) is MISSING


def test_what_follows_is_said_while_typing_without_saving_anything(script, draft):
    now = text(draft)
    fine = script.send("check")
    assert fine["compiles"] and not fine["errors"] and "Vũ khí" in fine["sentences"]
    assert fine["chart"].startswith("<svg")
    broken = script.send("check", text=now.replace("when: {item: weapon}", "when: {item: weapn}"))
    [problem] = [one for one in broken["problems"] if one["error"]]
    assert problem["clause"] == "K-2" and problem["line"] > 1 and "weapon" in problem["hint"]
    no_yaml = script.send("check", text="clauses: [")
    assert no_yaml["errors"] and not no_yaml["compiles"]
    assert text(draft) == now and script.send("check")["compiles"]


def test_a_proof_finding_names_the_clause_and_a_case_and_can_be_kept_for_a_reason(script, draft):
    script.op("test", 0, clause="K-1", row=0, fact="hidden", test=None)
    script.op("value", 1, path=["clauses", "K-1", "action"], value="remove_listing")
    script.op("value", 2, path=["clauses", "K-1", "points"], value=12)
    found = script.send("check")
    dead = next(one for one in found["problems"] if one["code"] == "BL-601")
    assert dead["clause"] == "K-2"
    mark = re.search(r'data-finding="BL-(\d+)" data-at="([^"]*)" data-of="(\w+)"', found["html"])
    assert mark
    why = {"vi": "Giữ lại cho tới đợt sau", "en": "Kept for the next round"}
    said = {"finding": f"BL-{mark[1]}", "at": mark[2], "of": mark[3], "date": "2026-11-25"}
    script.op("accept", 3, **said, reason=why)
    again = script.send("check")
    assert len(again["problems"]) == len(found["problems"]) - 1


def test_proofs_go_on_while_the_other_language_is_still_to_be_written(script, draft):
    script.op("add_clause", 0, title={"vi": "Dao gấp"}, action="allow", after="K-2")
    script.op("test", 1, clause="K-3", row=0, fact="item", test="kitchen_knife")
    found = script.send("check")
    assert [one["clause"] for one in found["problems"] if one["error"]] == ["K-3"]
    assert found["compiles"] and "Dao bếp" in found["sentences"]
    assert content_sha_or_none(Draft.objects.get()) is None


def test_what_changes_for_the_last_cases_is_counted_on_their_own_facts(script, draft, alice):
    a_case(title="Kiếm Nhật")
    decided(alice, item="weapon", hidden="no")
    a_case(title="Kiếm Nhật nữa")
    decided(alice, item="weapon", hidden="yes")
    said = script.send("impact")["html"]
    assert "2" in said and "<table" not in said
    script.op("value", 0, path=["clauses", "K-2", "action"], value="suspend_shop")
    said = script.send("impact")["html"]
    assert "<table" in said and "Gỡ sản phẩm" in said and "Tạm khóa gian hàng" in said


def test_two_people_in_one_table_do_not_undo_each_other(script, draft, nam):
    other = Script(Client(), draft)
    other.client.force_login(nam)
    script.op("value", 0, path=["clauses", "K-1", "points"], value=30)
    said = other.op("value", 0, path=["clauses", "K-2", "points"], value=10)
    assert said["merged"] and said["others"] == ["Mai"]
    assert value_at(text(draft), ("clauses", "K-1", "points")) == 30
    assert value_at(text(draft), ("clauses", "K-2", "points")) == 10


def test_a_true_conflict_shows_both_and_keeps_what_is_chosen(script, draft, nam):
    other = Script(Client(), draft)
    other.client.force_login(nam)
    script.op("value", 0, path=["clauses", "K-1", "points"], value=30)
    refused = other.op("value", 0, 409, path=["clauses", "K-1", "points"], value=18)
    page = other.client.get(refused["conflict"])
    assert b"points: 30" in page.content and b"points: 18" in page.content
    theirs = re.search(r'name="theirs" value="(\w+)"', page.content.decode())
    assert theirs
    script.op("value", 1, path=["clauses", "K-2", "points"], value=11)
    late = other.client.post(refused["conflict"], {"theirs": theirs[1], "choice-0": "mine"})
    assert late.status_code == 302 and Unmerged.objects.get().settled_at is None
    page = other.client.get(refused["conflict"]).content.decode()
    theirs = re.search(r'name="theirs" value="(\w+)"', page)
    assert theirs
    own = {"theirs": theirs[1], "choice-0": "own", "own-0": "    points: 24"}
    other.client.post(refused["conflict"], own)
    now = text(draft)
    assert value_at(now, ("clauses", "K-1", "points")) == 24
    assert value_at(now, ("clauses", "K-2", "points")) == 11
    assert Unmerged.objects.get().settled_as is not None


@pytest.mark.parametrize(
    ("op", "args"),
    [
        ("nothing", {}),
        ("test", {"clause": "K-1"}),
        ("test", {"clause": "K-1", "row": -1, "fact": "item", "test": "x"}),
        ("test", {"clause": "K-1", "row": 0, "fact": "a b: {", "test": "x"}),
        ("value", {"path": [], "value": 1}),
        ("value", {"path": ["clauses", "K-1", "points"], "value": 1e300}),
        ("text", {"path": ["clauses", "K-1", "title", "vi"], "text": "x" * 30_000}),
        ("accept", {"finding": "no", "of": "x", "reason": "r", "date": "d"}),
    ],
)
def test_what_is_no_change_is_refused_in_words(script, op, args):
    assert script.op(op, 0, 422, **args)["error"]


def test_a_change_of_what_is_gone_is_refused(script):
    script.op("remove_clause", 0, clause="K-1")
    assert script.op("value", 1, 409, path=["clauses", "K-1", "points"], value=3)["error"]


def test_texts_that_fell_behind_their_translation_are_marked(script, draft):
    said = script.op("text", 0, path=["clauses", "K-1", "title", "vi"], text="Vũ khí giấu")
    assert "tag warn" in said["table"]
    script.op("text", 1, path=["clauses", "K-1", "title", "en"], text="Hidden weapon")
    assert "tag warn" not in script.op("otherwise", 2, clause="K-9")["table"]


def test_who_may_only_read_gets_no_way_to_write(draft, client):
    client.force_login(person("linh", "quality"))
    page = client.get(reverse("draft_edit", args=[draft.pk, KNIVES])).content.decode()
    assert "data-move" not in page and "data-value" in page and "disabled" in page
    assert Script(client, draft)
    refused = client.post(reverse("draft_op", args=[draft.pk, KNIVES]), "{}", "application/json")
    assert refused.status_code == 403
    client.force_login(person("th", "author", market="TH"))
    assert client.get(reverse("draft", args=[draft.pk])).status_code == 403


def test_the_bundled_editor_is_the_one_that_is_written_down():
    folder = static_folder() / "codemirror"
    found = hashlib.sha256((folder / "codemirror.js").read_bytes()).hexdigest()
    assert found in (folder / "README.md").read_text("utf-8")


def test_no_script_of_ours_decides_anything():
    ours = list(Path(static_folder()).glob("*.js"))
    assert len(ours) > 5
    for path in ours:
        assert "severity" not in path.read_text("utf-8").replace("severity: one.error", ""), path
