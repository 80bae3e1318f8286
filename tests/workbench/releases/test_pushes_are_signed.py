"""What a program pushes waits for the signatures of the market's rules; CI can follow it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import Event
from brightline.workbench.publishing.actions.set_push_rule import set_push_rule
from brightline.workbench.publishing.actions.set_sign_rules import BadRule
from brightline.workbench.publishing.models import Push
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.rulebooks.models import Release
from tests.workbench.api.calling import a_token, call
from tests.workbench.making import a_rulebook, person
from tests.workbench.releases.test_by_program import push, zipped

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(release) -> str:
    return a_token(Permission.RULEBOOKS_RELEASE_PUSH)


@pytest.fixture
def signers(db) -> list:
    return [
        person("quan", "manager"),
        person("linh", "legal"),
        person("tam", "lead"),
    ]


def sign(who, pushed: Push, do: str = "sign", **said):
    client = Client()
    client.force_login(who)
    page = client.get(reverse("push_approval", args=[pushed.pk])).content.decode()
    role = page.split('<option value="')[1].split('"')[0] if "<option" in page else ""
    given = {"do": do, "role": role, "shown": pushed.sha} | said
    return client.post(reverse("push_act", args=[pushed.pk]), given)


def test_a_push_waits_and_says_whose_signature_is_missing_and_why(token, signers):
    first = push(token, zipped(13), commit="4f2a91c", note="Tăng điểm")
    assert first.status_code == 202, first.json()
    body = first.json()
    waiting = body["waiting"]
    assert (body["new"], body["release"], body["rulebook"]) == (True, None, a_rulebook(13).sha)
    assert waiting["state"] == "waiting" and waiting["sign_at"].endswith(
        reverse("push_approval", args=[waiting["id"]]))  # fmt: skip
    missing = {one["role"] for one in waiting["signatures"]}
    assert missing == {"manager", "lead"}
    assert all(one["reasons"] and one["signed_by"] is None for one in waiting["signatures"])
    assert Release.objects.count() == 1
    again = push(token, zipped(13))
    assert again.status_code == 202 and again.json()["waiting"]["id"] == waiting["id"]
    assert Event.objects.filter(kind=EventKind.PUSH_RECEIVED).count() == 1
    poll = call(waiting["poll"].removeprefix("/api/v1"), token)
    assert poll.json()["waiting"]["state"] == "waiting"


def test_with_the_last_signature_it_is_published_and_ci_hears_so(token, signers):
    waiting = push(token, zipped(13), commit="4f2a91c", note="Tăng điểm").json()["waiting"]
    pushed = Push.objects.get()
    manager, _legal, lead = signers
    sign(manager, pushed)
    assert Release.objects.count() == 1
    sign(lead, pushed)
    made = Release.objects.order_by("-number")[0]
    assert (made.sha, made.way, made.came_from) == (pushed.sha, "program", "4f2a91c")
    told = call(waiting["poll"].removeprefix("/api/v1"), token).json()
    assert (told["waiting"]["state"], told["release"]["number"]) == ("released", made.number)
    assert Push.objects.get().archive in (b"", memoryview(b""))
    assert push(token, zipped(13)).status_code == 200


def test_who_pushed_it_does_not_sign_it(token, signers):
    push(token, zipped(13))
    pushed = Push.objects.get()
    Push.objects.update(pushed_by=signers[0])
    sign(signers[0], pushed, role="manager")
    client = Client()
    client.force_login(signers[2])
    page = client.get(reverse("push_approval", args=[pushed.pk])).content.decode()
    assert page.count('class="tag good">') == 0
    assert b"4f2a" not in client.get(reverse("approvals")).content
    assert reverse("push_approval", args=[pushed.pk]) in client.get(
        reverse("approvals")).content.decode()  # fmt: skip


def test_a_declined_or_overtaken_push_is_told_with_the_reason(token, signers, mai):
    waiting = push(token, zipped(13)).json()["waiting"]
    sign(signers[0], Push.objects.get(), "decline", why="")
    assert Push.objects.get().state == "waiting"
    sign(signers[0], Push.objects.get(), "decline", why="Chờ pháp chế")
    told = call(waiting["poll"].removeprefix("/api/v1"), token).json()["waiting"]
    assert (told["state"], told["said"]) == ("declined", "Chờ pháp chế")
    second = push(token, zipped(14)).json()["waiting"]
    publish(a_rulebook(20), mai)
    told = call(second["poll"].removeprefix("/api/v1"), token).json()["waiting"]
    assert told["state"] == "overtaken" and a_rulebook(20).sha[:12] in told["said"]
    sign(signers[0], Push.objects.get(pk=second["id"]), role="manager")
    assert Release.objects.order_by("-number")[0].sha == a_rulebook(20).sha


def test_one_to_come_into_force_later_keeps_its_time_and_a_past_one_is_at_once(token, signers):
    later = timezone.now() + timedelta(hours=30)
    push(token, zipped(13), effective_at=later.isoformat())
    pushed = Push.objects.get()
    sign(signers[0], pushed)
    sign(signers[2], pushed)
    assert abs(Release.objects.order_by("-number")[0].effective_at - later) < timedelta(seconds=1)
    push(token, zipped(14))
    late = Push.objects.get(state="waiting")
    Push.objects.filter(pk=late.pk).update(effective_at=timezone.now() - timedelta(hours=1))
    sign(signers[0], late)
    sign(signers[2], late)
    assert Release.objects.order_by("-number")[0].effective_at <= timezone.now()


def test_review_in_git_is_chosen_by_who_publishes_with_a_reason_in_the_log(token, mai, alice):
    address = reverse("push_rule", args=["VN"])
    client = Client()
    client.force_login(alice)
    assert client.post(address, {"review": "git", "why": "x"}).status_code == 403
    with pytest.raises(BadRule):
        set_push_rule("VN", mai, True, " ")
    client.force_login(mai)
    client.post(address, {"review": "git", "why": "Hai người duyệt merge request"})
    event = Event.objects.get(kind=EventKind.PUSH_RULE_CHANGED)
    assert event.after["reviewed_in_git"] and event.why and event.actor_id == mai.pk
    assert "Hai người duyệt" in client.get(reverse("sign_rules", args=["VN"])).content.decode()
    assert push(token, zipped(13)).status_code == 201
    client.post(address, {"review": "here", "why": ""})
    assert push(token, zipped(14)).status_code == 202
    assert push(token, zipped(15), dry_run="true").status_code == 200
    assert call("/pushes/TH/1", token).status_code in (403, 404)
