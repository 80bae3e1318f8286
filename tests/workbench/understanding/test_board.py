"""The board counts people with their denominators; the measure is of those who were told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from brightline.workbench.accounts.models import Grant
from brightline.workbench.cases.models import Task
from brightline.workbench.understanding.actions.acknowledge import acknowledge
from brightline.workbench.understanding.actions.excuse import excuse
from brightline.workbench.understanding.board import (
    by_shift,
    by_team,
    measured,
    measured_release,
    rows_of,
)
from brightline.workbench.understanding.models import Recipient
from brightline.workbench.understanding.recipients import enrol, recipient_of
from brightline.workbench.understanding.shifts import shifts_of
from tests.workbench.making import a_case, person
from tests.workbench.understanding.making import row_of, second_release, sent, soon, taken

pytestmark = pytest.mark.django_db


def test_everyone_stands_under_what_they_have_done(release, alice, bob, mai):
    eve, fay = person("eve", "moderator"), person("fay", "moderator")
    notice = sent(mai, second_release())
    taken(notice, alice)
    acknowledge(recipient_of(notice, bob))
    excuse(recipient_of(notice, eve), mai, soon(), "nghỉ ốm")
    statuses = {row.name: row.status for row in rows_of(notice)}
    assert statuses == {"Alice": "passed", "Bob": "late", "Eve": "excused", "Fay": "late"}
    early = {row.name: row.status for row in rows_of(notice, timezone.now() - timedelta(hours=1))}
    assert (early["Bob"], early[fay.display_name]) == ("read", "unread")


def test_teams_are_the_grants(release, alice, mai):
    person("eve", "moderator", market="VN", queue="regulated")
    notice = sent(mai, second_release())
    taken(notice, alice)
    groups = {one.words: (one.people, one.passed, one.late) for one in by_team(rows_of(notice))}
    assert groups == {"every market": (1, 1, 0), "VN · Banned goods": (1, 0, 1)}


def test_a_shift_is_read_from_when_people_take_cases(release, alice, bob, mai):
    case = a_case().case
    morning = timezone.localtime().replace(hour=7, minute=5) - timedelta(days=1)
    for hour in (0, 1, 15):
        Task.objects.create(
            case=case, market="VN", queue="regulated", due_at=timezone.now(),
            claimed_by=alice, claimed_at=morning + timedelta(hours=hour),
        )  # fmt: skip
    assert shifts_of([alice.pk, bob.pk]) == {alice.pk: "early"}
    notice = sent(mai, second_release())
    assert {one.words: one.people for one in by_shift(rows_of(notice))} == {
        "Early shift (6–14)": 1, "No work in the last 14 days": 1,
    }  # fmt: skip


def test_ninety_five_per_cent_is_measured_of_those_told_and_from_publication(release, mai):
    people = [person(f"m{n}", "moderator") for n in range(20)]
    release2 = second_release(at=soon(10))
    notice = sent(mai, release2)
    published = release2.published_at
    for n, who in enumerate(people[:18]):
        Recipient.objects.filter(notice=notice, person=who).update(
            passed_at=published + timedelta(hours=n)
        )
    excuse(row_of(notice, people[18]), mai, soon(), "nghỉ ốm")
    person("later", "moderator")
    enrol(notice)
    found = measured(notice)
    assert (found.of, found.passed, found.needed, found.took) == (20, 18, 19, None)
    Recipient.objects.filter(notice=notice, person=people[19]).update(
        passed_at=published + timedelta(hours=40)
    )
    assert measured(notice).took == timedelta(hours=40)
    assert measured_release([notice]) == measured(notice)


def test_who_has_left_without_passing_is_not_counted(release, alice, bob, mai):
    notice = sent(mai, second_release())
    taken(notice, alice)
    Grant.objects.filter(user=bob).delete()
    assert (measured(notice).of, measured(notice).passed) == (1, 1)
