"""A job of Spark that can be watched and interrupted."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

from brightline.screening.errors import UnusableCases
from brightline.screening.spark.failing import unusable

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_EVERY = 0.2
"""Seconds between two looks at how far the work is."""


def run_job(
    session: SparkSession, action: Callable[[], None], told: Callable[[float], None]
) -> None:
    """Run an action; tell the share of its tasks that are done, from 0 to 1.

    The action runs beside this thread, which so can be interrupted; the job is then cancelled.
    Raises `UnusableCases` where the job fails.
    """
    from pyspark import InheritableThread

    context = session.sparkContext
    group = secrets.token_hex(8)
    failure: list[BaseException] = []

    def work() -> None:
        context.setJobGroup(group, "brightline", interruptOnCancel=True)
        try:
            action()
        except BaseException as error:  # noqa: BLE001 - raised again by the one who waits
            failure.append(error)

    thread = InheritableThread(target=work, daemon=True, session=session)
    thread.start()
    done = 0.0
    try:
        while thread.is_alive():
            thread.join(_EVERY)
            share = _share_done(session, group)
            if thread.is_alive() and share > done:
                done = share
                told(done)
    except BaseException:
        context.cancelJobGroup(group)
        thread.join()
        raise
    if failure:
        if isinstance(failure[0], UnusableCases) or not isinstance(failure[0], Exception):
            raise failure[0]
        raise unusable(failure[0]) from None
    told(1.0)


def _share_done(session: SparkSession, group: str) -> float:
    """The tasks that are done, of those of all stages of the group."""
    tracker = session.sparkContext.statusTracker()
    done = every = 0
    for number in tracker.getJobIdsForGroup(group):
        job = tracker.getJobInfo(number)
        for stage in job.stageIds if job is not None else ():
            info = tracker.getStageInfo(stage)
            if info is not None:
                done += info.numCompletedTasks
                every += info.numTasks
    return done / every if every else 0.0
