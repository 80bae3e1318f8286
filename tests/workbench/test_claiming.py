"""No task goes to two people, and no case comes back to someone who has had it."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.utils import timezone

from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.actions.leave import give_back, skip
from brightline.workbench.cases.claiming import return_expired
from brightline.workbench.cases.models import QueueState, Task
from brightline.workbench.rulebooks.actions.publish import publish
from tests.workbench.making import a_case, a_rulebook, person, shares

pytestmark = pytest.mark.django_db


def test_it_gives_the_most_urgent_first(release, alice):
    a_case("Kiếm Nhật dài")
    urgent = a_case("Kiếm Nhật ngắn", source="authority_request")
    assert claim(alice) == urgent.task


def test_it_gives_the_task_in_hand_again(release, alice):
    a_case()
    a_case("Kiếm Nhật khác")
    assert claim(alice) == claim(alice)


def test_it_gives_nothing_where_nothing_waits(release, alice):
    assert claim(alice) is None


def test_a_skipped_case_never_returns_to_the_person_who_skipped_it(release, alice, bob):
    task = a_case().task
    claim(alice)
    skip(task.pk, alice, "Ảnh không mở được")
    assert claim(alice) is None
    assert claim(bob) == task


def test_a_skip_needs_a_reason(release, alice):
    task = a_case().task
    claim(alice)
    with pytest.raises(ValueError, match="reason"):
        skip(task.pk, alice, "  ")
    assert claim(alice) == task


def test_a_task_given_back_may_come_again(release, alice):
    task = a_case().task
    claim(alice)
    give_back(task.pk, alice)
    assert claim(alice) == task


def test_a_paused_queue_gives_nothing(release, alice):
    a_case()
    QueueState.objects.create(market="VN", queue="regulated", paused=True, why="rà soát")
    assert claim(alice) is None


def test_a_grant_for_one_queue_reaches_no_other(release):
    a_case()
    eve = person("eve", "moderator", queue="reviews")
    assert claim(eve) is None


def test_a_person_without_the_right_gets_nothing(release, dave):
    a_case()
    assert claim(dave) is None


def test_a_case_in_a_language_one_does_not_read_is_left_to_others(release, alice):
    alice.reads = ["en"]
    alice.save()
    a_case()
    assert claim(alice) is None


def test_a_lease_that_ran_out_comes_back(release, alice, bob):
    task = a_case().task
    claim(alice)
    Task.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    return_expired(force=True)
    assert claim(bob) == task


def test_a_second_look_goes_to_another_person(release, alice, bob):
    shares(second=1.0)
    case = a_case().case
    first = claim(alice)
    assert case.tasks.count() == 2
    Task.objects.filter(pk=first.pk).update(status="done")
    assert claim(alice) is None
    assert claim(bob).kind == "second"


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_one_each():
    publish(a_rulebook(), None)
    for number in range(12):
        a_case(f"Kiếm Nhật số {number}")
    people = [person(f"p{number}", "moderator") for number in range(8)]
    got: list[int] = []
    errors: list[Exception] = []
    gate = Barrier(len(people))

    def work(who):
        try:
            gate.wait()
            got.append(claim(who).pk)
        except Exception as error:  # noqa: BLE001 - told below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=work, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(got) == len(set(got)) == len(people)
