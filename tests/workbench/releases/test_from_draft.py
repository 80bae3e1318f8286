"""From a draft to a release: the gate, four eyes, a signature for one content, up to date."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brightline.workbench.drafts.actions.open_draft import open_draft
from brightline.workbench.drafts.actions.save_file import save_file
from brightline.workbench.drafts.models import Draft, Unmerged
from brightline.workbench.drafts.reading import files, text_at
from brightline.workbench.drafts.sources import files_of_release
from brightline.workbench.publishing.actions.bring_up_to_date import bring_up_to_date
from brightline.workbench.publishing.actions.hand_in import CannotHandIn, hand_in
from brightline.workbench.publishing.actions.publish_draft import publish_draft
from brightline.workbench.publishing.actions.sign_draft import sign_draft
from brightline.workbench.publishing.standing import standing
from brightline.workbench.rulebooks.actions.publish import Terms, publish
from brightline.workbench.rulebooks.actions.sign import CannotSign, sign_release
from brightline.workbench.rulebooks.in_force import release_now
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.rulebooks.scheduling import CannotRelease
from tests.workbench.making import a_rulebook, person

pytestmark = pytest.mark.django_db
KNIVES = "sops/knives.yaml"


@pytest.fixture
def thu(db):
    """A policy author."""
    return person("thu", "author")


@pytest.fixture
def lead(db):
    """The market lead."""
    return person("lead", "lead")


@pytest.fixture
def base(db) -> Release:
    """A rulebook whose proofs have nothing open."""
    from tests.workbench.releases.changing import sound

    return publish(sound(), None)


@pytest.fixture
def draft(base, thu) -> Draft:
    """A draft that gives a weapon one point more."""
    made = open_draft(base, thu, "Thêm điểm cho vũ khí", "Theo nghị định mới")
    edited(made, thu, "points: 12", "points: 13")
    return made


def edited(draft: Draft, who, before: str, after: str) -> None:
    draft.refresh_from_db()
    text = files(draft)[KNIVES]
    assert before in text
    save_file(draft.pk, who, KNIVES, text.replace(before, after, 1), draft.revision)
    draft.refresh_from_db()


def signed(draft: Draft, who, role: str) -> None:
    sign_draft(draft, who, role, standing(draft).sha)


def published(draft: Draft, who, **terms: object) -> Release:
    return publish_draft(draft.pk, who, Terms(**terms), standing(draft).sha)  # type: ignore[arg-type]


def test_two_others_sign_and_it_is_in_force_and_its_files_are_kept(draft, thu, mai, lead):
    hand_in(draft.pk, thu)
    draft.refresh_from_db()
    with pytest.raises(CannotSign):
        signed(draft, thu, "manager")
    signed(draft, mai, "manager")
    with pytest.raises(CannotRelease):
        published(draft, mai)  # the market lead has not signed
    signed(draft, lead, "lead")
    release = published(draft, mai, note="Nghị định mới")
    draft.refresh_from_db()
    assert (draft.state, draft.released_as) == ("released", release)
    assert (release.way, release.came_from, release.emergency) == ("draft", draft.title, False)
    assert release_now("VN") == release
    assert files_of_release(release) == files(draft)


def test_an_edit_after_a_signature_makes_it_void_and_the_page_says_so(
    client: Client, draft, thu, mai, lead
):
    hand_in(draft.pk, thu)
    draft.refresh_from_db()
    shown = standing(draft).sha
    signed(draft, mai, "manager")
    edited(draft, thu, "points: 13", "points: 14")
    now = standing(draft)
    assert not any(one.by for one in now.signed)
    assert [one.signature.by for one in now.void] == [mai]
    assert not now.gate.holds("handed_in")
    with pytest.raises(CannotSign):
        sign_draft(draft, lead, "lead", shown)  # what she was shown is not what it says now
    client.force_login(mai)
    page = client.get(reverse("draft_approval", args=[draft.pk])).content.decode()
    assert "note warning" in page and now.sha[:12] in page
    edited(draft, thu, "points: 14", "points: 13")
    assert [one.by.by for one in standing(draft).signed if one.by] == [mai]  # as it was signed


def test_the_gate_is_shut_by_errors_examples_missing_words_and_open_findings(draft, thu, mai):
    edited(draft, thu, "expect: K-2", "expect: K-1")
    with pytest.raises(CannotHandIn):
        hand_in(draft.pk, thu)
    assert not standing(draft).gate.holds("examples")
    edited(draft, thu, "expect: K-1", "expect: K-2")
    edited(draft, thu, "{en: Weapon, vi: Vũ khí}", "{vi: Vũ khí}")
    assert not standing(draft).gate.holds("languages", "errors")
    assert not standing(draft).gate.open
    with pytest.raises(CannotRelease):
        published(draft, mai, emergency=True, note="Gấp")


def test_an_emergency_is_in_force_at_once_and_signed_afterwards(draft, thu, mai, lead):
    release = published(draft, mai, emergency=True, note="Lệnh của cơ quan quản lý")
    assert release.unsigned and release_now("VN") == release
    with pytest.raises(CannotSign):
        sign_release(release, thu, "manager")
    sign_release(release, mai, "manager")  # she published it, and did not write it
    sign_release(release, lead, "lead")
    assert not Release.objects.get(pk=release.pk).unsigned


def test_what_came_meanwhile_comes_in_before_it_can_be_published(draft, thu, mai, lead):
    from tests.workbench.releases.changing import sound

    hand_in(draft.pk, thu)
    draft.refresh_from_db()
    signed(draft, mai, "manager")
    publish(sound(suspended=25), None)
    assert not standing(draft).gate.holds("base")
    with pytest.raises(CannotRelease):
        published(draft, mai, emergency=True, note="Gấp")
    first = text_at(draft, KNIVES, 0)
    assert bring_up_to_date(draft.pk, thu) == []
    draft.refresh_from_db()
    text = files(draft)[KNIVES]
    assert "points: 13" in text and "points: 25" in text
    assert text_at(draft, KNIVES, 0) == first  # the history is as it was
    assert standing(draft).gate.holds("base")
    assert not any(one.by for one in standing(draft).signed)
    assert bring_up_to_date(draft.pk, thu) == []


def test_where_both_changed_the_same_a_person_chooses(draft, thu):
    from tests.workbench.releases.changing import sound

    publish(sound(points=15), None)
    assert bring_up_to_date(draft.pk, thu) == [KNIVES]
    draft.refresh_from_db()
    kept = Unmerged.objects.get(draft=draft)
    assert "points: 15" in files(draft)[KNIVES]
    assert not standing(draft).gate.holds("merged")
    from brightline.workbench.drafts.views.conflicts import both

    clash = both(draft, kept).clashes[0]
    assert ("13" in clash.mine, "15" in clash.theirs, "12" in clash.base) == (True, True, True)


def test_a_release_at_a_time_until_a_time(draft, thu, mai, lead, client: Client):
    hand_in(draft.pk, thu)
    draft.refresh_from_db()
    signed(draft, mai, "manager")
    signed(draft, lead, "lead")
    client.force_login(mai)
    sent = {"shown": standing(draft).sha, "when": "at", "note": "Theo nghị định"}
    address = reverse("publish_draft", args=[draft.pk])
    past = client.post(address, {**sent, "from": "2020-01-01T00:00"})
    assert past.status_code == 422 and 'role="alert"' in past.content.decode()
    at = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(address, {**sent, "from": at}).status_code == 302
    assert release_now("VN").number == 1
    assert client.get(reverse("draft_approval", args=[draft.pk])).status_code == 302


def test_who_may_only_read_drafts_signs_and_publishes_nothing(client: Client, draft):
    client.force_login(person("quân", "senior"))
    assert client.get(reverse("draft_approval", args=[draft.pk])).status_code == 200
    for name in ("sign_draft", "publish_draft", "hand_in_draft", "update_draft"):
        assert client.post(reverse(name, args=[draft.pk])).status_code == 403
    client.force_login(person("thái", "manager", market="TH"))
    assert client.get(reverse("draft_approval", args=[draft.pk])).status_code == 403
    assert client.post(reverse("publish_draft", args=[draft.pk])).status_code == 403


def test_the_rules_of_who_signs_are_set_on_a_page(client: Client, release, mai, lead):
    client.force_login(mai)
    address = reverse("sign_rules", args=["VN"])
    client.post(address, {"keep": ["law||legal"], "what": "owner", "value-owner": "team",
                          "role": "quality", "why": "Đội mới"})  # fmt: skip
    from brightline.workbench.rulebooks.signing import needs, rules_of

    assert {(w.value, v, r.value) for w, v, r in rules_of("VN")} == {
        ("any", "", "manager"), ("law", "", "legal"), ("owner", "team", "quality"),
    }  # fmt: skip
    assert [n.role.value for n in needs("VN", release.sha, a_rulebook(13))] == [
        "manager", "quality",
    ]  # fmt: skip
    client.post(address, {"what": "severity", "value-severity": "viel", "role": "lead"})
    assert len(rules_of("VN")) == 3
    client.post(address, {})
    assert len(rules_of("VN")) == 4  # the usual ones


def test_it_is_not_handed_in_while_a_comment_is_open_or_someone_may_still_answer(
    draft, thu, mai, lead
):
    from brightline.workbench.drafts.actions.consult import Invitation, conclude, consult
    from brightline.workbench.drafts.models import Asked, Comment

    day = timezone.localdate() + timedelta(days=3)
    review = consult(draft.pk, thu, [Invitation(Asked.OPERATIONS, lead)], day)[0]
    with pytest.raises(CannotHandIn):
        hand_in(draft.pk, thu)
    conclude(review.pk, lead, "fine", "")
    said = Comment.objects.create(
        draft=draft, path=KNIVES, by=lead, at=timezone.now(), text="Có nặng quá không?"
    )
    with pytest.raises(CannotHandIn):
        hand_in(draft.pk, thu)
    Comment.objects.filter(pk=said.pk).update(state=Comment.State.DONE)
    assert hand_in(draft.pk, thu).state == "approving"
