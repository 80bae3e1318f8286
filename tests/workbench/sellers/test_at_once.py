"""Many things at once: no appeal twice, no rung missed, no deadlock."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connections

from brightline.workbench.audit.verifying import verify_chain
from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.actions.decide import decide
from brightline.workbench.cases.models import Task
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.sellers.actions.file_appeal import NoAppeal, file_appeal
from brightline.workbench.sellers.models import AccountAction, Appeal, Statement
from tests.workbench.making import a_case, a_rulebook, answered, person
from tests.workbench.sellers.making import WORDS, adjudicate, points, removed

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[BaseException]:
    """Start all of them together; what they raised."""
    gate, raised = Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        try:
            gate.wait()
            work()
        except Exception as error:  # noqa: BLE001 - told below
            raised.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_an_appeal_sent_many_times_at_once_is_one():
    publish(a_rulebook(), None)
    removed(person("alice", "moderator"))
    statement = Statement.objects.get()
    raised = at_once(*(lambda: file_appeal(statement, WORDS) for _time in range(6)))
    assert len(raised) == 5
    assert all(isinstance(error, NoAppeal) for error in raised)
    assert Appeal.objects.count() == Task.objects.filter(kind="appeal").count() == 1


def test_decisions_at_once_on_one_seller_reach_every_rung_once():
    publish(a_rulebook(), None)
    works = []
    for number in range(5):
        a_case(f"Kiếm Nhật số {number}")
        who = person(f"p{number}", "moderator")
        task = answered(claim(who), who, item="weapon", hidden="no")
        works.append(lambda task=task, who=who: decide(task.pk, who))
    assert at_once(*works) == []
    assert points() == 60
    assert sorted(AccountAction.objects.values_list("rung", flat=True)) == [12, 24]
    assert verify_chain().sound


def test_an_appeal_and_a_change_at_once_do_not_block_each_other():
    publish(a_rulebook(), None)
    decision = removed(person("alice", "moderator"))
    adjudicate(decision)
    carol = person("carol", "senior")
    task = answered(claim(carol), carol, item="weapon", hidden="yes")
    statement = Statement.objects.get()
    raised = at_once(lambda: file_appeal(statement, WORDS), lambda: decide(task.pk, carol))
    assert [error for error in raised if not isinstance(error, NoAppeal)] == []
    assert Statement.objects.count() == 2
    assert points() == 24
    assert verify_chain().sound
