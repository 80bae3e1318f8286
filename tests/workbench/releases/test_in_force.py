"""What is in force when: one rule for the page, the API, the command line and deciding."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from brightline.i18n import use
from brightline.workbench import clock
from brightline.workbench.audit.models import Event
from brightline.workbench.rulebooks.actions.cancel import cancel
from brightline.workbench.rulebooks.actions.publish import Terms, publish
from brightline.workbench.rulebooks.actions.roll_back import one_back, roll_back
from brightline.workbench.rulebooks.in_force import (
    Altered,
    NoRulebook,
    engine_of,
    forget,
    release_at,
    release_now,
    release_of,
    spans,
    spans_of,
)
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.rulebooks.scheduling import CannotRelease, out_of_step
from brightline.workbench.rulebooks.times import NoMoment, read_moment, said_at
from tests.workbench.making import a_rulebook

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def released(points: int, **terms: object) -> Release:
    return publish(a_rulebook(points), None, terms=Terms(**terms))  # type: ignore[arg-type]


def number_at(moment: datetime) -> int:
    return release_at("VN", moment).number


def test_a_release_takes_effect_at_its_time_and_not_before(release):
    at = timezone.now() + HOUR
    released(13, effective_at=at)
    assert release_now("VN").number == 1
    assert [number_at(at - timedelta(seconds=1)), number_at(at)] == [1, 2]


def test_nothing_takes_effect_in_the_past(release):
    with pytest.raises(CannotRelease):
        released(13, effective_at=timezone.now() - HOUR)
    now = timezone.now()
    assert released(13, effective_at=now - timedelta(seconds=30)).effective_at >= now


def test_one_that_expires_falls_back_to_the_one_before(release):
    ends = timezone.now() + HOUR
    released(13, expires_at=ends)
    assert [number_at(ends - timedelta(seconds=1)), number_at(ends)] == [2, 1]


def test_what_came_after_an_expiring_release_stays_when_it_expires(release):
    ends = timezone.now() + 2 * HOUR
    released(13, expires_at=ends)
    released(14, effective_at=ends - HOUR)
    assert number_at(ends) == 3


def test_the_first_release_cannot_expire_since_nothing_comes_before(db):
    with pytest.raises(CannotRelease):
        released(12, expires_at=timezone.now() + HOUR)
    assert not Release.objects.exists()


def test_a_rollback_is_a_release_of_its_own_and_changes_nothing_that_was(release, mai):
    second = released(13)
    between = timezone.now()
    back = roll_back(release, mai, "Nhầm điểm")
    assert (back.number, back.sha, back.restores) == (3, release.sha, release)
    assert release_now("VN").number == 3
    assert release_at("VN", between) == second
    assert one_back("VN") == second
    event = Event.objects.order_by("-seq").first()
    assert event is not None and event.after is not None
    assert (event.kind, event.after["restores"], event.why) == ("release.published", 1, "Nhầm điểm")
    for refused in (back, release, second):
        with pytest.raises(CannotRelease):
            roll_back(refused, mai, "" if refused == second else "Vì sao")


def test_what_comes_back_still_expires_and_is_marked_until_it_is_approved(release, mai):
    ends = timezone.now() + HOUR
    urgent = released(13, emergency=True, note="Lệnh", expires_at=ends)
    released(14)
    back = roll_back(urgent, mai, "Bản sau sai")
    assert (back.expires_at, back.unsigned, back.sign_by) == (ends, True, urgent.sign_by)


def test_a_decision_after_a_rollback_is_told_under_the_new_number(release, mai):
    start = timezone.now()
    released(13)
    back = roll_back(release, mai, "Nhầm điểm")
    assert release_of("VN", release.sha, start) == release
    assert release_of("VN", release.sha, timezone.now()) == back


def test_a_scheduled_release_can_be_cancelled_until_it_takes_effect(release, mai):
    at = timezone.now() + HOUR
    second = released(13, effective_at=at)
    made = cancel(second, mai, "Luật hoãn")
    assert cancel(second, mai, "Lần nữa") == made
    assert number_at(at + HOUR) == 1
    assert released(14).number == 3
    with pytest.raises(CannotRelease):
        cancel(release, mai, "Muộn rồi")
    assert Event.objects.filter(kind="release.cancelled").count() == 1


def test_what_an_expiring_release_needs_to_fall_back_to_cannot_be_cancelled(db, mai):
    now = timezone.now()
    with clock.at(now - HOUR):
        first = publish(a_rulebook(11), None, terms=Terms(effective_at=now + HOUR))
        with pytest.raises(CannotRelease):
            released(12, expires_at=now)  # before the first takes effect
        released(12, effective_at=now + HOUR, expires_at=now + 3 * HOUR)
    with pytest.raises(CannotRelease):
        cancel(first, mai, "Không cần nữa")


def test_who_did_not_see_what_is_in_force_does_not_undo_it(release):
    released(13)
    with pytest.raises(CannotRelease):
        released(14, seen=release.sha)
    assert released(14, seen=a_rulebook(13).sha).number == 3


def test_a_scheduled_release_that_would_undo_what_came_between_is_told_of(release):
    later = released(13, effective_at=timezone.now() + HOUR)
    assert out_of_step("VN") == {}
    between = released(14)
    assert out_of_step("VN") == {later.pk: between.number}


def test_the_same_content_again_is_the_release_that_stands(release):
    assert publish(a_rulebook(), None) == release
    assert released(12, expires_at=timezone.now() + HOUR).number == 2
    assert released(12).number == 3


def test_an_emergency_says_why(release):
    with pytest.raises(CannotRelease):
        released(13, emergency=True)
    urgent = released(13, emergency=True, note="Lệnh của cơ quan quản lý")
    assert urgent.sign_by is not None and urgent.sign_by > timezone.now()


def test_the_database_refuses_to_change_or_delete_a_release(release):
    for deed in (lambda: Release.objects.update(note="x"), Release.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def test_content_that_does_not_fit_its_hash_decides_nothing(release):
    Release.objects.create(
        sha="0" * 64, market="VN", number=2, name="small", form=release.form,
        effective_at=timezone.now(),
    )  # fmt: skip
    forget()
    with pytest.raises(Altered):
        engine_of("0" * 64)


MOMENTS = st.integers(0, 12).map(lambda n: datetime(2026, 3, 1, tzinfo=UTC) + n * HOUR)
RELEASES = st.lists(
    st.tuples(MOMENTS, st.none() | st.integers(1, 6)), min_size=1, max_size=7
).map(
    lambda rows: [
        Release(pk=n, number=n, market="VN", sha=str(n % 3), effective_at=at,
                expires_at=None if ends is None else at + ends * HOUR)
        for n, (at, ends) in enumerate(rows, 1)
    ]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(RELEASES)
def test_the_stretches_of_time_say_what_asking_for_each_moment_says(releases):
    with transaction.atomic():
        Release.objects.bulk_create(releases)
        told = spans("VN")
        for n in range(25):
            moment = datetime(2026, 3, 1, tzinfo=UTC) + n * HOUR
            span = next((s for s in reversed(told) if s.start <= moment), None)
            try:
                asked = release_at("VN", moment)
            except NoRulebook:
                asked = None
            assert (span.release if span else None) == asked
        assert told == spans_of(releases)
        transaction.set_rollback(True)


def test_a_moment_is_read_as_people_write_it_in_vietnam_time():
    wanted = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)
    for text in ("3/3/2026 14:00", "03.03.2026, 14h00", "2026-03-03 14:00", "2026-03-03T14:00",
                 "2026-03-03T07:00:00Z", "2026-03-03T14:00+07:00"):  # fmt: skip
        assert read_moment(text) == wanted
    with use("vi"):
        assert said_at(wanted).startswith("03/03/2026 14:00")
    for text in ("", "hôm qua", "31/2/2026 14:00", "2026-03-03T25:00", "9" * 400):
        with pytest.raises(NoMoment):
            read_moment(text)
