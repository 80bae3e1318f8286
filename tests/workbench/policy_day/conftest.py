"""The people of a policy day, each with a window of their own; the real jobs beside them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.core.cache import cache

from brightline.workbench import jobs
from brightline.workbench.accounts.models import User
from brightline.workbench.desk import impact as desk_impact
from brightline.workbench.drafts import impact
from brightline.workbench.pilots import drawing
from brightline.workbench.understanding import current
from tests.workbench.making import person

Jobs = Callable[[], AbstractContextManager[None]]
ROLES = {
    "lan": "moderator", "thu": "author", "phuong": "legal", "mai": "manager", "duc": "lead",
}  # fmt: skip
"""Who works on this day, and as what. Thu writes; Mai and Đức sign; Lan decides cases."""


@pytest.fixture(autouse=True)
def _nothing_counted():
    """Nothing that one test counted or remembered holds in the next."""
    for remembers in (current, drawing, impact, desk_impact):
        remembers.forget()
    cache.clear()
    yield
    current.forget()
    drawing.forget()


@pytest.fixture
def people(db) -> dict[str, User]:
    """Everyone of the day by name."""
    return {name: person(name, role) for name, role in ROLES.items()}


@pytest.fixture
def jobs_run(transactional_db) -> Jobs:
    """`with jobs_run(): …`: the jobs of every room run as they do beside the server."""

    @contextmanager
    def running() -> Iterator[None]:
        stop = threading.Event()
        runner = threading.Thread(target=jobs.run, args=(stop,))
        runner.start()
        try:
            yield
        finally:
            stop.set()
            runner.join()

    return running
