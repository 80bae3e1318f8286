"""Before a release's time is over, its queues and authors are told what applies again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.delivery.models import Mail
from brightline.workbench.rulebooks.actions.publish import Terms, publish
from brightline.workbench.understanding.actions.announce import read_it
from brightline.workbench.understanding.announced import closed_to, forget
from brightline.workbench.understanding.expiry import LEAD, tell_of_returns
from brightline.workbench.understanding.models import Announcement
from tests.workbench.making import a_case
from tests.workbench.understanding.making import stricter

pytestmark = pytest.mark.django_db


def for_a_time(hours: float = 48):
    """The stricter rulebook, in force for so many hours."""
    now = timezone.now()
    return publish(stricter(), None, terms=Terms(expires_at=now + timedelta(hours=hours)))


def test_the_queue_is_told_what_changes_back_and_the_authors_of_all_of_it(
    release, alice, mai, client
):
    alice.email = "alice@example.com"
    alice.save()
    ending = for_a_time()
    assert tell_of_returns() == 2
    assert tell_of_returns() == 0  # once
    queue, authors = (
        Announcement.objects.exclude(queue="").get(),
        Announcement.objects.get(queue=""),
    )
    assert (queue.old, queue.new, queue.at) == (ending, release, ending.expires_at)
    assert [row.person for row in queue.told.all()] == [alice]
    assert mai in [row.person for row in authors.told.all()]
    assert Mail.objects.filter(to="alice@example.com").count() == 1
    client.force_login(alice)
    page = client.get(reverse("announcement", args=[queue.pk])).content.decode()
    assert "Gỡ sản phẩm" in page and "Cho phép" in page  # the case before, and from then on
    client.force_login(mai)
    board = client.get(reverse("briefing", args=[ending.pk])).content.decode()
    assert queue.title["vi"] in board
    assert authors.title["vi"] in client.get(reverse("notices")).content.decode()
    assert client.get(reverse("briefings")).status_code == 200


def test_who_has_not_read_it_gets_no_cases_of_the_queue_once_the_rules_are_back(release, alice):
    ending = for_a_time()
    tell_of_returns()
    one = Announcement.objects.exclude(queue="").get()
    pair, after = (one.market, one.queue), ending.expires_at + timedelta(minutes=1)
    assert not closed_to(alice.pk, [pair], timezone.now())
    assert closed_to(alice.pk, [pair], after) == {pair: one.pk}
    a_case()
    Announcement.objects.filter(pk=one.pk).update(binds_at=timezone.now() - timedelta(minutes=1))
    forget()
    assert claim(alice) is None
    read_it(one, alice)
    assert claim(alice) is not None


def test_long_before_nobody_is_told_and_reminders_go_out_a_day_before(release, alice):
    alice.email = "alice@example.com"
    alice.save()
    ending = for_a_time(24 * 10)
    assert tell_of_returns() == 0
    assert tell_of_returns(ending.expires_at - LEAD) == 2
    assert Mail.objects.count() == 1
    tell_of_returns(ending.expires_at - timedelta(hours=20))
    tell_of_returns(ending.expires_at - timedelta(hours=19))
    assert Mail.objects.count() == 2


def test_it_is_withdrawn_where_it_will_not_happen_after_all(release, alice, mai, client):
    for_a_time()
    tell_of_returns()
    publish(stricter(), None, note="bis auf weiteres")
    tell_of_returns()
    assert not Announcement.objects.filter(withdrawn_at=None).exists()
    one = Announcement.objects.exclude(queue="").get()
    client.force_login(alice)
    assert "note warning" in client.get(reverse("announcement", args=[one.pk])).content.decode()
    assert one.title["vi"] not in client.get(reverse("notices")).content.decode()
