"""The desk: nothing that anybody asks for is lost, and everyone sees what became of it."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.delivery.models import Mail
from brightline.workbench.desk import impact
from brightline.workbench.desk.actions.handle import Closed, answer, join, reopen, triage
from brightline.workbench.desk.actions.take_in import Wish, take_in
from brightline.workbench.desk.impact import parts_of, weigh_all
from brightline.workbench.desk.listing import Filter, alike, asked_by, found
from brightline.workbench.desk.models import Origin, Request, State
from brightline.workbench.drafts.actions.close_draft import drop_draft, release_draft
from brightline.workbench.drafts.actions.open_draft import open_draft
from brightline.workbench.escalations.about import About
from brightline.workbench.escalations.actions.make_precedent import make_precedent
from brightline.workbench.escalations.actions.report_unclear import report_unclear
from tests.workbench.making import a_case, decided, person, shares

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts():
    """No cases of one test are counted in the next."""
    impact.forget()


def wish(text="Dao gấp có phải vũ khí không?", **more) -> Wish:
    return Wish("VN", more.pop("origin", Origin.OTHER), text, **more)


def test_what_a_moderator_finds_unclear_is_a_request_with_its_case(release, alice):
    case = a_case().case
    task = claim(alice)
    report_unclear(task.pk, alice, "Gậy cảnh sát là vũ khí hay đồ chơi?", fact="item")
    one = Request.objects.get()
    assert (one.origin, one.sop, one.fact) == (Origin.UNCLEAR, "knives", "item")
    assert one.voices.get().case == case and one.state == State.NEW
    assert list(asked_by(alice)) == [one]


def test_several_people_with_the_same_question_are_one_request(release, alice, bob):
    for who in (alice, bob):
        a_case()
        report_unclear(claim(who).pk, who, f"{who} hỏi: dao gấp?", fact="item")
    one = Request.objects.get()
    assert one.voices.count() == 2
    answer(one.pk, person("nam", "author"), "Dao gấp dưới 8 cm là dao bếp.", State.ANSWERED)
    assert {mail.to for mail in Mail.objects.all()} == {alice.email, bob.email}
    for who in (alice, bob):
        assert asked_by(who).get().answer.startswith("Dao gấp")
    a_case()
    task = claim(person("hoa", "moderator"))
    report_unclear(task.pk, task.claimed_by, "Vẫn chưa rõ", fact="item")
    assert Request.objects.count() == 2, "one that is answered is not opened in silence"


def test_a_precedent_asks_to_be_written_into_the_rules(release, carol):
    about = About("knives", "K-2", "")
    made = make_precedent(carol, "VN", about, "Kiếm gỗ?", "Cho phép.", sha=release.sha)
    one = Request.objects.get()
    assert one.origin == Origin.ESCALATION and one.clause == "K-2" and "Kiếm gỗ" in one.title
    assert take_in(wish(ref=f"precedent:{made.pk}"), carol) == one


def test_impact_is_cases_a_week_times_severity_times_disagreement(release, alice, bob):
    shares(second=1.0)
    for differs in (False, True):
        a_case()
        decided(alice, item="weapon", hidden="no")
        decided(bob, item="kitchen_knife" if differs else "weapon", hidden="no")
    one = take_in(wish(sop="knives", clause="K-2"), alice)
    parts = parts_of(one)
    assert (parts.cases_a_week, parts.looked_twice, parts.differed) == (0.5, 2, 1)
    assert parts.severity == 0.64 and parts.disagreement == 0.5
    assert one.impact == pytest.approx(0.5 * 0.64 * 0.5)
    triage(one.pk, bob, None, None, severity=100)
    assert Request.objects.get().impact == pytest.approx(0.5 * 1.0 * 0.5)
    a_case()
    decided(alice, item="weapon", hidden="no")
    weigh_all()
    assert Request.objects.get().cases_a_week == 0.75


def test_requests_that_are_alike_are_shown_and_joined(release, alice, bob, mai):
    first = take_in(wish("Dao gấp bỏ túi có phải vũ khí không?", title="Dao gấp bỏ túi"), alice)
    second = take_in(
        wish("dao gap bo tui ban duoc khong", title="Dao gấp bỏ túi bán được không"), bob
    )
    take_in(wish("Mỹ phẩm hết hạn dùng", title="Mỹ phẩm hết hạn"), bob)
    assert alike(second) == [first]
    join(second.pk, mai, first.pk)
    assert first.voices.count() == 2 and asked_by(bob).filter(pk=first.pk).exists()
    second.refresh_from_db()
    assert second.state == State.MERGED and second.merged_into == first
    with pytest.raises(Closed):
        join(second.pk, mai, first.pk)
    with pytest.raises(ValueError, match="itself"):
        join(first.pk, mai, first.pk)


def test_a_request_follows_its_draft(release, alice, mai):
    one = take_in(wish(), alice)
    draft = open_draft(release, mai, "Dao gấp", requests=[one])
    one.refresh_from_db()
    assert one.state == State.DRAFTED
    drop_draft(draft.pk, mai, "chưa cần")
    one.refresh_from_db()
    assert one.state == State.TRIAGED
    draft = open_draft(release, mai, "Dao gấp", requests=[one])
    with transaction.atomic():
        release_draft(draft, mai, release)
    one.refresh_from_db()
    assert one.state == State.DONE


def test_an_answer_can_be_taken_up_again_and_a_closed_request_is_not_answered_twice(
    release, alice, mai
):
    one = take_in(wish(), alice)
    with pytest.raises(ValueError, match="something"):
        answer(one.pk, mai, " ", State.ANSWERED)
    answer(one.pk, mai, "Không đổi.", State.DECLINED)
    with pytest.raises(Closed):
        answer(one.pk, mai, "Lần nữa", State.ANSWERED)
    assert reopen(one.pk, mai).state == State.TRIAGED


def test_words_are_found_without_accents(release, alice, mai):
    one = take_in(wish("Người bán đăng gậy bóng chày", title="Gậy bóng chày"), alice)
    take_in(wish("Khác hẳn", title="Chuyện khác"), alice)
    assert [r.pk for r in found(["VN"], mai, Filter(text="bong chay"))] == [one.pk]


def test_a_moderator_asks_on_a_page_and_reads_the_answer_there(client, release, alice, mai):
    client.force_login(alice)
    case = a_case(ref="L-7").case
    wrong = client.post(reverse("ask"), {"market": "VN", "origin": "other", "case": "L-8"})
    assert wrong.status_code == 422
    client.post(reverse("ask"), {
        "market": "VN", "origin": "unclear", "title": "Gậy golf", "text": "Có là vũ khí không?",
        "sop": "knives", "clause": "K-2", "case": "L-7",
    })  # fmt: skip
    one = Request.objects.get()
    assert one.voices.get().case == case
    assert client.get(reverse("request", args=[one.pk])).status_code == 403, "the desk's own page"
    client.force_login(mai)
    page = client.get(reverse("requests"))
    assert "Gậy golf" in page.content.decode()
    assert "Gậy golf" in client.get(reverse("request", args=[one.pk])).content.decode()
    client.post(reverse("triage_request", args=[one.pk]),
                {"owner": mai.pk, "due": timezone.localdate(), "severity": ""})  # fmt: skip
    client.post(reverse("answer_request", args=[one.pk]), {"answer": "Không, là đồ thể thao."})
    client.force_login(alice)
    mine = client.get(reverse("my_requests")).content.decode()
    assert "Không, là đồ thể thao." in mine
    client.post(reverse("read_request", args=[one.pk]))
    assert one.voices.get().read_at is not None


def test_a_role_for_another_market_sees_nothing_of_it(client, release, alice):
    one = take_in(wish(title="Gậy golf"), alice)
    client.force_login(person("th", "manager", market="TH"))
    assert client.get(reverse("request", args=[one.pk])).status_code == 403
    assert "Gậy golf" not in client.get(reverse("requests")).content.decode()
