"""The rulebook's life: what is due, what law the clauses rest on, who changed what and why."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brightline.rulebook.canonical import from_json, to_json
from brightline.workbench import clock
from brightline.workbench.desk.actions.take_in import Wish, take_in
from brightline.workbench.desk.models import Origin, Request
from brightline.workbench.drafts.actions.open_draft import open_draft
from brightline.workbench.drafts.actions.save_file import save_file
from brightline.workbench.drafts.reading import files
from brightline.workbench.publishing.actions.publish_draft import publish_draft
from brightline.workbench.publishing.standing import standing
from brightline.workbench.rulebooks.actions.publish import Terms, publish
from brightline.workbench.rulebooks.actions.roll_back import roll_back
from brightline.workbench.upkeep.calendar import due
from brightline.workbench.upkeep.clause_history import history
from brightline.workbench.upkeep.effects import before_and_after
from brightline.workbench.upkeep.laws import coverage, resting
from brightline.workbench.upkeep.stale import since
from tests.workbench.making import a_case, a_rulebook, decided, person
from tests.workbench.releases.changing import changed, sound
from tests.workbench.releases.test_signing import with_law

pytestmark = pytest.mark.django_db
KNIVES = "sops/knives.yaml"


def lawful(article: str = "", points: int = 12):
    """The small rulebook, K-1 and K-2 resting on a decree, and another decree on which nothing
    rests."""
    form = json.loads(to_json(with_law(sound(points))))
    form["sops"][0]["clauses"][0]["basis"] = ["decree-1"]
    form["law"]["decree-2"] = {**form["law"]["decree-1"], "cite": {"vi": "NĐ 2", "en": "Decree 2"}}
    if article:
        form["law"]["decree-1"]["article"] = article
    return from_json(json.dumps(form))


def test_what_is_due_stands_on_the_calendar_and_leads_to_one_request(client: Client, db, mai):
    book = lawful()
    with clock.at(timezone.now()):
        publish(book, None)
    later = timezone.now() + timedelta(days=400)
    found = {(one.kind, one.sop or one.law): one for one in due("VN", book, later)}
    assert ("review", "knives") in found and ("recheck", "decree-1") in found
    client.force_login(mai)
    assert client.get(reverse("upkeep")).status_code == 200
    sent = {"sop": "knives", "day": book.sops[0].review_by.isoformat()}
    for _twice in range(2):
        client.post(reverse("ask_for_due", args=["VN"]), sent)
    made = Request.objects.get()
    assert reverse("request", args=[made.pk]) in client.get(reverse("upkeep")).content.decode()


def test_a_changed_law_opens_a_request_for_each_clause_that_rests_on_it(client: Client, db, mai):
    publish(lawful(), None)
    client.force_login(mai)
    address = reverse("law_changed", args=["VN", "decree-1"])
    for _twice in range(2):
        client.post(address, {"text": "Nghị định 1 được sửa đổi", "due": "2026-12-31"})
    assert set(Request.objects.values_list("clause", "law", "origin")) == {
        ("K-1", "decree-1", "law"), ("K-2", "decree-1", "law"),
    }  # fmt: skip
    assert Request.objects.count() == 2
    page = client.get(reverse("instrument", args=["VN", "decree-1"])).content.decode()
    assert "K-1" in page and "K-2" in page
    assert client.post(address, {"text": " "}).status_code == 302
    client.force_login(person("lê", "moderator"))
    assert client.post(address, {"text": "x"}).status_code == 403


def test_a_release_that_edits_a_law_asks_for_the_clauses_it_did_not_touch(db, mai):
    first = publish(lawful(), None)
    publish(lawful("Điều 5", points=13), mai)  # K-2 is changed with it
    assert list(Request.objects.values_list("clause", flat=True)) == ["K-1"]
    roll_back(first, mai, "Sai")
    assert Request.objects.count() == 1


def test_duties_on_which_no_clause_rests_are_shown(client: Client, db, mai):
    publish(lawful(), None)
    found = {one.name: one for one in resting(lawful(), timezone.now().date())}
    assert (found["decree-1"].covered, found["decree-2"].covered) == (True, False)
    assert coverage(lawful()) == coverage(lawful()).__class__(2, 1, 2, 2)
    client.force_login(mai)
    page = client.get(reverse("law")).content.decode()
    assert "1 / 2" in page and "2 / 2" in page


def test_a_clause_tells_who_changed_it_why_on_whose_request_and_what_happened_after(
    client: Client, db, mai, alice, bob
):
    now = timezone.now()
    with clock.at(now - timedelta(days=20)):
        base = publish(sound(), None)
        a_case("Kiếm Nhật", ref="a")
        decided(alice, item="weapon", hidden="no")
        a_case("Gối ôm", ref="b")
    with clock.at(now - timedelta(days=10)):
        asked = take_in(Wish("VN", Origin.INCIDENT, "Kiếm tái xuất hiện", sop="knives",
                             clause="K-2"), bob)  # fmt: skip
        draft = open_draft(base, mai, "Nặng hơn", "Tái phạm nhiều", [asked])
        text = files(draft)[KNIVES].replace("points: 12", "points: 14", 1)
        save_file(draft.pk, mai, KNIVES, text, 0)
        draft.refresh_from_db()
        publish_draft(draft.pk, mai, Terms(note="Tái phạm nhiều", emergency=True),
                      standing(draft).sha)  # fmt: skip
        for ref in ("c", "d"):
            a_case("Kiếm Nhật", ref=ref)
            decided(alice, item="weapon", hidden="no")
    steps = history("VN", "knives", "K-2")
    assert [(s.release.number, s.new) for s in steps] == [(2, False), (1, True)]
    step = steps[0]
    assert (step.writers, step.requests, step.release.note) == (
        (str(mai),), (asked,), "Tái phạm nhiều",
    )  # fmt: skip
    assert [e["before"] for e in step.own] == ["12"] and [e["after"] for e in step.own] == ["14"]
    before, after = before_and_after("VN", step, steps[1])
    assert (before.met, before.decisions, after.met, after.decisions) == (1, 2, 2, 2)
    client.force_login(mai)
    page = client.get(reverse("clause_history", args=["VN", "knives", "K-2"])).content.decode()
    assert "Tái phạm nhiều" in page and asked.title in page
    assert client.get(reverse("clauses")).status_code == 200
    assert client.get(reverse("clause_history", args=["VN", "knives", "X-1"])).status_code == 404


def test_a_clause_is_followed_through_a_new_name(db):
    publish(a_rulebook(), None)

    def renames(sop):
        sop["clauses"][1] |= {"id": "K-20", "was": ["K-2"], "points": 13}

    publish(changed(renames), None)
    steps = history("VN", "knives", "K-20")
    assert [s.name for s in steps] == [("knives", "K-20"), ("knives", "K-2")]


def test_an_sop_that_nobody_touched_for_long_is_shown_as_one_to_look_at(client: Client, db, mai):
    long_ago = timezone.now() - timedelta(days=400)
    with clock.at(long_ago):
        publish(sound(), None)
    assert since("VN")["knives"].stale
    client.force_login(mai)
    assert 'class="tag warn"' in client.get(reverse("clauses")).content.decode()
    publish(sound(points=13), None)
    told = since("VN")["knives"]
    assert (told.release.number, told.stale) == (2, False)
