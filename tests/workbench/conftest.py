"""The people and the rulebook that the workbench's tests share."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, TransactionTestCase

from brightline.workbench.accounts.models import User
from brightline.workbench.cases import leases
from brightline.workbench.escalations.shelf import forget as forget_precedents
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.rulebooks.in_force import forget
from brightline.workbench.rulebooks.models import Release
from tests.workbench.making import a_rulebook, person


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """No release of one test is in force in the next."""
    forget()
    forget_precedents()
    leases.forget()
    yield
    forget()
    forget_precedents()


@pytest.fixture
def release(db) -> Release:
    """A small rulebook in force in VN."""
    return publish(a_rulebook(), None)


@pytest.fixture
def alice(db):
    """A moderator."""
    return person("alice", "moderator")


@pytest.fixture
def bob(db):
    """Another moderator."""
    return person("bob", "moderator")


@pytest.fixture
def carol(db):
    """A senior moderator."""
    return person("carol", "senior")


@pytest.fixture
def dave(db):
    """An administrator."""
    return person("dave", "admin")


@pytest.fixture
def mai(db):
    """The programme manager."""
    return person("mai", "manager")


@pytest.fixture
def enter(browser, live_server) -> Iterator[Callable[..., Any]]:
    """`enter(person)` opens the window of a person who is logged in; no script may fail in it."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_window(
        who: User, path: str = "/", width: int = 1440, scheme: str = "light", **more: Any
    ) -> Any:
        client = Client()
        client.force_login(who)
        usual = {"locale": "vi-VN", "color_scheme": scheme, "reduced_motion": "reduce"}
        context = browser.new_context(
            viewport={"width": width, "height": 900}, base_url=live_server.url, **(usual | more)
        )
        contexts.append(context)
        context.add_cookies([{
            "name": settings.SESSION_COOKIE_NAME, "url": live_server.url,
            "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        }])  # fmt: skip
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda m: wrong.append(m.text) if "Content Security" in m.text else None)
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(path)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture(autouse=True)
def _who_holds_the_end_of_the_log_waits_for_nobody(request):
    """On PostgreSQL: after the end of the chain no other row is locked, or two acts could block
    each other. Watched in tests that run in one transaction."""
    lives = request.cls is not None and issubclass(request.cls, TransactionTestCase)
    marked = request.node.get_closest_marker("django_db")
    commits = (
        lives
        or {"transactional_db", "live_server"} & {*request.fixturenames}
        or (marked is not None and marked.kwargs.get("transaction"))
    )
    if connection.vendor != "postgresql" or commits:
        yield
        return
    holds = False

    def watch(execute, sql, params, many, context):
        nonlocal holds
        if "SAVEPOINT" in sql:
            holds = holds and bool(connection.savepoint_ids)
        elif "FOR UPDATE" in sql or "FOR NO KEY UPDATE" in sql:
            if "audit_chainhead" in sql:
                holds = True
            else:
                assert not holds, f"locked after the end of the chain: {sql}"
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, let go by everyone before it is dropped: a request of the last browser,
    or a thread in the background, may still be at it, and PostgreSQL would refuse."""
    yield
    if connection.vendor != "postgresql":
        return
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        until = time.monotonic() + 5
        while time.monotonic() < until:
            cursor.execute(f"SELECT count(*) {others}")
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.1)
        cursor.execute(f"SELECT pg_terminate_backend(pid) {others}")
