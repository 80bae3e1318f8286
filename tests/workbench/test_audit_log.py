"""The audit log is only ever added to, and says so when it is not."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.models import ChainHead, Event
from brightline.workbench.audit.recording import apart, record, recorded, together
from brightline.workbench.audit.verifying import verify_chain

pytestmark = pytest.mark.django_db


def three() -> list[Event]:
    with transaction.atomic():
        return [
            record(EventKind.PERSON_CHANGED, None, ("person", n), after={"n": n, "tên": "Đặng"})
            for n in range(3)
        ]


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET why = 'x'", "DELETE FROM audit_event"]
)
def test_the_database_refuses_to_change_it(statement):
    three()
    refused = pytest.raises(DatabaseError, match="append-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.count() == 3


def test_an_event_is_neither_saved_again_nor_deleted():
    event = three()[0]
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


def test_a_log_as_written_is_sound():
    three()
    assert verify_chain().sound
    assert verify_chain().events == 3


def tampered(sql: str) -> None:
    """Change the log behind the triggers, as someone with the database in hand could."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_event_no_update")
            cursor.execute("DROP TRIGGER audit_event_no_delete")
        else:
            cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute(sql)


@pytest.mark.parametrize(
    ("sql", "seq", "wrong"),
    [
        ("UPDATE audit_event SET why = 'x' WHERE seq = 2", 2, "changed"),
        ("DELETE FROM audit_event WHERE seq = 2", 3, "missing"),
        ("DELETE FROM audit_event WHERE seq = 3", 3, "end"),
        ("UPDATE audit_event SET previous = hash WHERE seq = 2", 2, "order"),
    ],
)
def test_a_log_that_was_touched_is_found_out(sql, seq, wrong):
    three()
    tampered(sql)
    found = verify_chain()
    assert (found.seq, found.wrong) == (seq, wrong)


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError):
        record(EventKind.PERSON_CHANGED, None, ("person", 1))
    assert ChainHead.objects.get().seq == 0


def told(n: int, **more) -> Event:
    return record(EventKind.PERSON_CHANGED, None, ("person", n), **more)


def test_events_of_one_act_wait_and_are_sealed_when_it_ends():
    with transaction.atomic():
        with together():
            first = told(1)
            with together():
                second = told(2)
            assert first.seq is None
            assert second.seq is None
            assert ChainHead.objects.get().seq == 0
        assert (first.seq, second.seq) == (1, 2)
    assert verify_chain().events == 2
    assert verify_chain().sound


def test_an_act_that_fails_leaves_no_event():
    def fails() -> None:
        with transaction.atomic(), together():
            told(1)
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    with transaction.atomic():
        told(2)
    assert [event.on_id for event in Event.objects.all()] == ["2"]
    assert verify_chain().sound


def test_what_is_rolled_back_alone_takes_its_events_along():
    def fails() -> None:
        with apart():
            told(2)
            raise KeyError

    with transaction.atomic(), together():
        told(1)
        with pytest.raises(KeyError):
            fails()
        told(3)
    assert [event.on_id for event in Event.objects.all()] == ["1", "3"]
    assert verify_chain().sound


def test_what_follows_from_an_event_comes_after_it_and_before_the_chain_is_held():
    def follow(event: Event, **_more: object) -> None:
        if event.on_id == "1":
            assert event.seq is None
            told(2)

    recorded.connect(follow)
    try:
        with transaction.atomic():
            assert told(1).seq == 1
    finally:
        recorded.disconnect(follow)
    assert [event.on_id for event in Event.objects.all()] == ["1", "2"]
    assert verify_chain().sound
