"""Consultation: people are asked by a day, comment on clauses, suggest, and are answered."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from brightline.editing.edits import value_at
from brightline.workbench.delivery.models import Mail
from brightline.workbench.drafts.actions.comment import say, suggest
from brightline.workbench.drafts.actions.consult import Invitation, conclude, consult, remind
from brightline.workbench.drafts.actions.save_file import save_file
from brightline.workbench.drafts.models import Asked, Comment, DraftState, Review
from brightline.workbench.drafts.reading import files
from tests.workbench.drafts.conftest import KNIVES, Script
from tests.workbench.making import person

pytestmark = pytest.mark.django_db
NOTICE = ["clauses", "K-1", "notice", "vi"]


def in_days(n: int):
    return timezone.localdate() + timedelta(days=n)


def test_people_are_asked_by_role_told_by_mail_and_the_draft_says_so(client, draft, mai, phuong):
    client.force_login(mai)
    client.post(reverse("draft_ask", args=[draft.pk]), {
        "person": [phuong.pk], f"as-{phuong.pk}": "legal", "partner": "Hiệp hội Dao",
        "due": in_days(3),
    })  # fmt: skip
    draft.refresh_from_db()
    assert draft.state == DraftState.CONSULTING
    assert {(r.asked_as, str(r.person or r.who)) for r in Review.objects.all()} == {
        ("legal", "Phuong"), ("partner", "Hiệp hội Dao"),
    }  # fmt: skip
    [mail] = Mail.objects.all()
    assert mail.to == phuong.email and "Dao bếp" in mail.subject
    client.force_login(phuong)
    assert "Dao bếp" in client.get(reverse("drafts")).content.decode()


def test_a_verdict_holds_for_what_was_looked_at(client, draft, mai, phuong):
    [review] = consult(draft.pk, mai, [Invitation(Asked.LEGAL, phuong)], in_days(3))
    with pytest.raises(ValueError, match="words"):
        conclude(review.pk, phuong, "changes", " ")
    conclude(review.pk, phuong, "fine", "")
    client.force_login(mai)
    page = reverse("draft_consult", args=[draft.pk])
    before = client.get(page).content.decode()
    save_file(draft.pk, mai, KNIVES, files(draft)[KNIVES].replace("points: 24", "points: 20"), 0)
    after = client.get(page).content.decode()
    assert after.count("tag warn") == before.count("tag warn") + 1


def test_only_who_was_asked_gives_the_verdict_and_a_partners_is_entered(draft, mai, phuong, client):
    invited = [Invitation(Asked.LEGAL, phuong), Invitation(Asked.PARTNER, who="NB")]
    mine, partners = consult(draft.pk, mai, invited, in_days(1))
    client.force_login(person("linh", "quality"))
    for review in (mine, partners):
        client.post(reverse("draft_verdict", args=[draft.pk, review.pk]), {"verdict": "fine"})
    assert not Review.objects.exclude(done_at=None).exists()
    client.force_login(mai)
    client.post(reverse("draft_verdict", args=[draft.pk, partners.pk]), {"verdict": "fine"})
    assert Review.objects.exclude(done_at=None).get().who == "NB"


def test_who_is_late_is_reminded_once_a_day(draft, mai, phuong):
    consult(draft.pk, mai, [Invitation(Asked.LEGAL, phuong)], in_days(1))
    assert remind() == 0, "they were told just now"
    Review.objects.update(asked_at=timezone.now() - timedelta(days=2))
    assert remind() == 1 and remind() == 0
    Review.objects.update(reminded_at=timezone.now() - timedelta(days=1))
    assert remind(in_days(5)) == 1
    conclude(Review.objects.get().pk, phuong, "fine", "")
    Review.objects.update(reminded_at=None)
    assert remind(in_days(5)) == 0


def test_a_comment_stays_with_its_clause_wherever_that_goes(client, draft, phuong, script):
    client.force_login(phuong)
    legal = Script(client, draft)
    said = legal.send(
        "comment", pin="clause:K-2", text="Thiếu căn cứ <b>pháp luật</b>", at="clause:K-2"
    )
    assert "Thiếu căn cứ &lt;b&gt;" in said["side"]
    client.force_login(draft.owner)
    script.op("move_clause", 0, clause="K-2", before="K-1")
    script.op("add_clause", 1, title={"vi": "Mới"}, action="allow", after="")
    form = client.get(reverse("draft_form", args=[draft.pk, KNIVES]), {"at": "clause:K-2"}).json()
    assert "Thiếu căn cứ" in form["side"]
    answered = script.send("comment", answers=Comment.objects.get(answers=None).pk, text="Đã thêm",
                            at="clause:K-2")  # fmt: skip
    assert "Đã thêm" in answered["side"]


def decide(client, comment, **said):
    address = reverse("draft_decide", args=[comment.draft_id, comment.pk])
    return client.post(address, json.dumps({"at": "clause:K-1", **said}), "application/json")


def test_a_suggestion_is_taken_with_one_press(client, draft, mai, phuong):
    wanted = "Gỡ vì là vũ khí. Khiếu nại trong 30 ngày."
    one = suggest(draft.pk, phuong, KNIVES, "clause:K-1", "Ngắn hơn", NOTICE, wanted)
    client.force_login(mai)
    assert decide(client, one, then="take").status_code == 200
    draft.refresh_from_db()
    assert value_at(files(draft)[KNIVES], tuple(NOTICE)) == wanted
    assert draft.revisions.get().how == "suggestion"
    assert decide(client, one, then="take").status_code == 409, "it was taken before"


def test_a_suggestion_for_what_has_changed_since_is_taken_only_on_purpose(
    client, draft, mai, phuong
):
    one = suggest(draft.pk, phuong, KNIVES, "clause:K-1", "", ["clauses", "K-1", "points"], 20)
    save_file(draft.pk, mai, KNIVES, files(draft)[KNIVES].replace("points: 24", "points: 30"), 0)
    client.force_login(mai)
    assert decide(client, one, then="take").status_code == 409
    assert decide(client, one, then="take", anyway=True).status_code == 200
    draft.refresh_from_db()
    assert value_at(files(draft)[KNIVES], ("clauses", "K-1", "points")) == 20


def test_what_is_not_taken_has_a_reason_that_all_can_read(client, draft, mai, phuong):
    one = suggest(draft.pk, phuong, KNIVES, "clause:K-1", "", NOTICE, "Khác")
    client.force_login(mai)
    assert decide(client, one, then="declined", reason=" ").status_code == 409
    assert decide(client, one, then="declined", reason="Luật đòi câu này").status_code == 200
    page = client.get(reverse("draft_consult", args=[draft.pk])).content.decode()
    assert "Luật đòi câu này" in page


@pytest.mark.parametrize("place", [["clauses", "K-77", "points"], ["nothing", "there", "at"], []])
def test_a_suggestion_names_a_place_and_changes_something(draft, phuong, place):
    with pytest.raises(ValueError):  # noqa: PT011
        suggest(draft.pk, phuong, KNIVES, "", "x", place, None if not place else "")
    with pytest.raises(ValueError):  # noqa: PT011
        say(draft.pk, phuong, KNIVES, "clause:<script>", "x")
