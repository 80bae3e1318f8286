"""Background work: periodic jobs, and the tasks that rooms enqueue with django-tasks.

    @every(seconds=60)
    def forget_old_replies() -> None: …

A job may run in two processes at once, and may be killed in the middle: each is written so that
neither matters (rows are taken with a lease, or the work is harmless to repeat). A job that returns
a number above 0 has more to do and is called again at once.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

MODULES = (
    "brightline.workbench.delivery.jobs",
    "brightline.workbench.understanding.jobs",
    "brightline.workbench.pilots.jobs",
    "brightline.workbench.api.jobs",
    "brightline.workbench.backtests.jobs",
    "brightline.workbench.releasing.jobs",
    "brightline.workbench.publishing.jobs",
    "brightline.workbench.desk.jobs",
    "brightline.workbench.drafts.jobs",
)
"""Where rooms define their jobs."""
TICK = 0.5
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do again and again. `seconds` lie between the end of a run and the next."""

    name: str
    seconds: float
    run: Callable[[], int | None]


JOBS: dict[str, Job] = {}


def every(seconds: float) -> Callable[[Callable[[], int | None]], Callable[[], int | None]]:
    """Mark a function as a periodic job."""

    def mark(function: Callable[[], int | None]) -> Callable[[], int | None]:
        name = f"{function.__module__}.{function.__qualname__}"
        JOBS[name] = Job(name, seconds, function)
        return function

    return mark


def load() -> list[Job]:
    """Every job of every room."""
    for module in MODULES:
        import_module(module)
    return list(JOBS.values())


def run(stop: threading.Event) -> None:
    """Run jobs and tasks until told to stop. Each job has a thread: none waits for another."""
    threads = [
        threading.Thread(target=_repeat, args=(job, stop), name=job.name, daemon=True)
        for job in load()
    ]
    threads.append(threading.Thread(target=_tasks, args=(stop,), name="tasks", daemon=True))
    for thread in threads:
        thread.start()
    stop.wait()
    deadline = time.monotonic() + 15
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))


def _repeat(job: Job, stop: threading.Event) -> None:
    from django.db import close_old_connections, connections

    while not stop.is_set():
        close_old_connections()
        more: int | None = 0
        try:
            more = job.run()
        except Exception:  # noqa: BLE001 - whatever fails, the others go on
            _log.exception("the job %s failed; it is tried again", job.name)
        stop.wait(0.0 if more else job.seconds)
    connections.close_all()  # those of this thread


def _tasks(stop: threading.Event) -> None:
    """What rooms enqueued with django-tasks, one after the other."""
    from django.db import close_old_connections, connections
    from django_tasks_db.management.commands.db_worker import Worker

    while not stop.is_set():
        close_old_connections()
        try:
            Worker(
                queue_names=["*"], interval=TICK, batch=True, backend_name="default",
                startup_delay=False, max_tasks=20, worker_id="", excluded_queue_names=[],
            ).run()  # fmt: skip
        except Exception:  # noqa: BLE001 - a worker that is gone helps nobody
            _log.exception("the worker of tasks failed; it is started again")
        stop.wait(TICK)
    connections.close_all()
