"""A pilot's group is told what is tried before its cases reach them, and when it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.delivery.models import Mail
from brightline.workbench.pilots.actions.begin_pilot import NotBegun, begin_pilot
from brightline.workbench.pilots.actions.end_pilot import drop_pilot, promote_pilot, stop_pilot
from brightline.workbench.pilots.drawing import forget
from brightline.workbench.pilots.models import PILOT, Drawn, Kind, Pilot
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.understanding.models import Announcement, Channel, Post
from brightline.workbench.understanding.sealing import sealed
from tests.workbench.making import a_case
from tests.workbench.pilots.test_pilots import refs
from tests.workbench.understanding.making import soon, stricter

pytestmark = pytest.mark.django_db


def begun(mai, *group, **more) -> Pilot:
    given = {"name": "Dao bếp", "kind": Kind.PILOT, "group": group, "seed": "s"} | more
    return begin_pilot(stricter(), mai, **given)


def test_the_group_reads_what_is_tried_before_its_cases_reach_them(
    release, alice, bob, mai, client
):
    alice.email = "alice@example.com"
    alice.save()
    until = timezone.localdate() + timedelta(days=7)
    pilot = begun(mai, alice, until=until, most=40, contact=bob)
    a_case("Dao Thái", ref=refs(PILOT, 1)[0])
    assert claim(alice) is None  # not before she has read of it
    client.force_login(alice)
    one = Announcement.objects.get()
    assert one.title["vi"] in client.get(reverse("notices")).content.decode()
    page = client.get(reverse("announcement", args=[one.pk])).content.decode()
    for said in ("Dao bếp", "Bob", "40", f"{until:%d/%m/%Y}"):
        assert said in page
    assert "Bob" in one.body["en"] and "Kitchen knife" in one.body["en"]
    mail = Mail.objects.get()
    assert mail.to == "alice@example.com" and reverse("announcement", args=[one.pk]) in mail.text
    client.force_login(bob)
    assert client.get(reverse("announcement", args=[one.pk])).status_code == 403
    client.force_login(alice)
    client.post(reverse("read_announcement", args=[one.pk]))
    forget()
    task = claim(alice)
    assert task is not None and task.role == pilot.role
    client.force_login(mai)
    figures = client.get(reverse("pilot", args=[pilot.pk])).content.decode()
    assert reverse("announcement", args=[one.pk]) in figures


def test_its_queues_group_chats_are_told_and_a_shadow_tells_nobody(release, alice, mai):
    for queue in ("regulated", "general"):
        Channel.objects.create(name=queue, kind="slack", market="VN", queue=queue, made_by=mai,
                               sealed_address=sealed("https://hooks.slack.com/x"))  # fmt: skip
    begun(mai, alice, queues=["regulated"])
    assert [post.channel.name for post in Post.objects.all()] == ["regulated"]
    begin_pilot(stricter(), mai, name="Bóng", kind=Kind.SHADOW)
    assert Announcement.objects.count() == 1


def test_stopping_dropping_and_promoting_tell_the_group_too(release, alice, mai):
    pilot = begun(mai, alice)
    stop_pilot(pilot, mai, "Đủ vụ việc")
    drop_pilot(pilot, mai, "Quá chặt")
    keys = set(Announcement.objects.values_list("key", flat=True))
    assert keys == {f"pilot:{pilot.pk}:{state}" for state in ("begun", "stopped", "dropped")}
    dropped = Announcement.objects.get(key__endswith="dropped")
    assert "Quá chặt" in dropped.body["vi"] and dropped.told.get().person == alice
    again = begun(mai, alice, name="Lần hai")
    ahead = publish(stricter(), None, soon(48))
    assert promote_pilot(again, mai, "Tốt hơn") == ahead
    told = Announcement.objects.get(key=f"pilot:{again.pk}:promoted")
    assert str(ahead.number) in told.body["vi"] and told.told.filter(person=alice).exists()


def test_after_its_last_day_no_more_cases_are_drawn(release, alice, mai):
    today = timezone.localdate()
    with pytest.raises(NotBegun):
        begun(mai, alice, until=today - timedelta(days=1))
    pilot = begun(mai, alice, until=today)
    first, second = refs(PILOT, 2)
    a_case(ref=first)
    Pilot.objects.filter(pk=pilot.pk).update(until=today - timedelta(days=1))
    forget()
    a_case(ref=second)
    assert Drawn.objects.get().case.ref == first
