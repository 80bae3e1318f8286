"""The next task for a person, in one statement: no task to two people, no case twice to one.

Both databases run the same statement; PostgreSQL also skips rows that another claim holds.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from brightline.workbench.accounts.may import circles_of, may, reach, roles_at
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.gates import barred
from brightline.workbench.cases.leases import lease_minutes
from brightline.workbench.cases.models import QueueState, Task
from brightline.workbench.cases.routing import FALLBACK_QUEUE
from brightline.workbench.cases.taken import read_task
from brightline.workbench.ready import ReadyValues
from brightline.workbench.rulebooks.in_force import engine_of, markets, release_now

_SWEEP_SECONDS = 5.0
_swept: dict[str, float] = {}

_CANDIDATE = """
SELECT * FROM (
    SELECT t.id, t.urgency, t.due_at FROM cases_task t
    WHERE t.status = 'open' AND t.market = %s AND t.queue = %s {conditions} {roles}
      AND NOT EXISTS (SELECT 1 FROM cases_aside a WHERE a.case_id = t.case_id AND a.person_id = %s)
      AND NOT EXISTS (SELECT 1 FROM cases_task o
                      WHERE o.case_id = t.case_id AND o.claimed_by_id = %s)
    ORDER BY t.urgency, t.due_at, t.id LIMIT 1 {lock}
) AS {name}
"""
_CLAIM = """
UPDATE cases_task SET status = 'claimed', claimed_by_id = %s, claimed_at = %s,
    lease_until = CASE market {leases} END
WHERE status = 'open' AND id = (
    SELECT id FROM ({candidates}) AS every ORDER BY urgency, due_at, id LIMIT 1
)
RETURNING id
"""

_PAUSED = ReadyValues(
    lambda _hole: QueueState.objects.filter(paused=True).values_list("market", "queue")
)


def queues_of(person: User) -> list[tuple[str, str]]:
    """The (market, queue) pairs that a person may work on; a grant for all of them unfolds."""
    pairs: set[tuple[str, str]] = set()
    every = markets()
    for market, queue in reach(person, Permission.CASES_TASK_WORK):
        for one in [market] if market else every:
            pairs.update((one, name) for name in ([queue] if queue else queues_in(one)))
    return sorted(pairs)


def queues_in(market: str) -> list[str]:
    """The names of a market's queues, that for cases without one last. Raises `NoRulebook`."""
    return [*engine_of(release_now(market).sha).rulebook.queues, FALLBACK_QUEUE]


def claim_next(person: User, only: Sequence[tuple[str, str]] | None = None) -> Task | None:
    """Give a person the next task from their queues, or None where nothing waits for them.

    Never one that they set aside, nor one on a case they have had a turn at; never from a paused
    queue, nor from one that a gate keeps closed to them. `only` narrows the queues to some of
    theirs.
    """
    return_expired()
    pairs = [p for p in queues_of(person) if only is None or p in only]
    paused = _paused()
    pairs = [pair for pair in pairs if pair not in paused]
    shut = barred(person, pairs)
    pairs = [pair for pair in pairs if pair not in shut]
    if not pairs:
        return None
    now = timezone.now()
    for _attempt in range(3):
        found = _claimed(person, pairs, now)
        if found is not None:
            return read_task(found)
        if connection.vendor == "sqlite":
            break  # nothing can have been skipped: writers take turns
    return None


def _claimed(person: User, pairs: Sequence[tuple[str, str]], now: datetime) -> int | None:
    conditions, extra = _conditions(person)
    lock = "FOR UPDATE OF t SKIP LOCKED" if connection.features.has_select_for_update else ""
    parts, values, circles = [], [], circles_of(person)
    for index, (market, queue) in enumerate(pairs):
        roles = ["", *sorted(roles_at(person, market, queue, circles))]
        asked = f"AND t.role IN ({', '.join(['%s'] * len(roles))})"
        parts.append(
            _CANDIDATE.format(conditions=conditions, roles=asked, lock=lock, name=f"q{index}")
        )
        values += [market, queue, *extra, *roles, person.pk, person.pk]
    stamp = connection.ops.adapt_datetimefield_value
    leases: list[Any] = []
    for market in (each := sorted({market for market, _queue in pairs})):
        leases += [market, stamp(now + timedelta(minutes=lease_minutes(market)))]
    statement = _CLAIM.format(
        candidates=" UNION ALL ".join(parts), leases=" ".join(["WHEN %s THEN %s"] * len(each))
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [person.pk, stamp(now), *leases, *values])
        row = cursor.fetchone()
    return None if row is None else int(row[0])


def _conditions(person: User) -> tuple[str, list[Any]]:
    """What else must hold of a task, as SQL and its values."""
    said, values = [], []
    if not may(person, Permission.ESCALATIONS_QUESTION_ANSWER):
        said.append("AND (NOT t.senior OR t.kind = 'appeal')")
    if not may(person, Permission.APPEALS_APPEAL_DECIDE):
        said.append("AND t.kind <> 'appeal'")
    if person.reads:
        said.append(f"AND t.language IN ({', '.join(['%s'] * len(person.reads))})")
        values += list(person.reads)
    return " ".join(said), values


def _paused() -> set[tuple[str, str]]:
    return set(_PAUSED.rows())


def return_expired(force: bool = False) -> int:
    """Put tasks whose lease ran out back into their queues; how many. At most every 5 seconds."""
    key = connection.alias
    if not force and time.monotonic() - _swept.get(key, -_SWEEP_SECONDS) < _SWEEP_SECONDS:
        return 0
    _swept[key] = time.monotonic()
    expired = Task.objects.filter(status=Task.Status.CLAIMED, lease_until__lt=timezone.now())
    if not expired.exists():
        return 0
    return expired.update(
        status=Task.Status.OPEN, claimed_by=None, claimed_at=None, lease_until=None
    )
