"""Executors and their Python workers are killed in the middle; nothing is lost, nothing doubled."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from brightline.screening.mapping import mapping_of
from brightline.screening.spark import screen as driver
from brightline.screening.spark.tallies import Tally
from tests.screening.shop import MAP, ROWS, TODAY, rejected, screened, shop, write

from .comparing import same_figures, sorted_rows

FILES, ROWS_A_FILE = 10, 4_000


def children(process: int) -> Iterator[int]:
    """The processes that any thread of a process has started."""
    with suppress(FileNotFoundError):  # it may end while it is looked at
        for thread in Path(f"/proc/{process}/task").iterdir():
            yield from map(int, (thread / "children").read_text().split())


def below(process: int, word: str) -> list[int]:
    """The processes below one, at any depth, whose command line holds a word."""
    found = []
    for child in children(process):
        with suppress(FileNotFoundError):
            if word.encode() in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(child)
        found += below(child, word)
    return found


def executors() -> list[int]:
    return below(os.getpid(), "CoarseGrainedExecutorBackend")


def workers(executor: int) -> list[int]:
    """The Python processes that decide: forks of the daemon."""
    daemons = below(executor, "pyspark.daemon")
    return [process for daemon in daemons for process in children(daemon)]


class Killer(threading.Thread):
    """Kills a worker when both executors have begun, an executor when some partitions are done."""

    def __init__(self, session: Any) -> None:
        super().__init__(daemon=True)
        self._tracker = session.sparkContext.statusTracker()
        self.killed: list[str] = []

    def run(self) -> None:
        give_up = time.monotonic() + 300
        while len(self.killed) < 2 and time.monotonic() < give_up:
            active, done = self._tasks()
            if active >= 2 and not self.killed:
                self._kill("worker", [w for one in executors() for w in workers(one)])
            elif active >= 2 and 2 <= done < FILES:
                self._kill("executor", executors())
            time.sleep(0.005)

    def _tasks(self) -> tuple[int, int]:
        for stage in map(self._tracker.getStageInfo, self._tracker.getActiveStageIds()):
            if stage is not None and stage.numTasks == FILES:
                return stage.numActiveTasks, stage.numCompletedTasks
        return 0, 0

    def _kill(self, kind: str, processes: list[int]) -> None:
        if processes:
            os.kill(processes[0], signal.SIGKILL)
            self.killed.append(kind)


@pytest.mark.slow
def test_a_killed_executor_and_a_killed_worker(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").exists():
        pytest.skip("the system does not tell the children of a process")
    rows = [{**ROWS[n % 6], "code": f"A{n:06}"} for n in range(FILES * ROWS_A_FILE)]
    for n in range(0, len(rows), 1000):
        rows[n]["what"] = "tank"
    cases = tmp_path / "cases"
    cases.mkdir()
    for n in range(FILES):
        write(cases / f"{n:02}.parquet", rows[n * ROWS_A_FILE : (n + 1) * ROWS_A_FILE])
    one = write(tmp_path / "one.parquet", rows)
    attempts: list[int] = []
    killer = Killer(cluster)

    def read(text: str) -> Tally:
        tally = whole(text)
        attempts.append(tally.attempt)
        return tally

    whole = Tally.of_text
    monkeypatch.setattr(Tally, "of_text", staticmethod(read))
    out = tmp_path / "out"
    killer.start()
    found = driver.screen_with_spark(
        shop(), str(cases), str(out), mapping=mapping_of(MAP), as_of=TODAY, facts=True
    )
    killer.join()
    assert killer.killed == ["worker", "executor"]
    assert len(attempts) == FILES
    assert max(attempts) > 0  # something was tried again
    local = tmp_path / "local.parquet"
    same_figures(found, screened(one, local, mapping=MAP, facts=True))
    assert sorted_rows(out) == sorted_rows(local)
    assert len({row["id"] for row in sorted_rows(out)}) == len(rows) * 999 // 1000
    assert [row["row"] for row in rejected(out)] == [row["row"] for row in rejected(local)]
    assert pq.read_table(out).num_rows == found.decided
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "cases", "local.parquet", "local.parquet.rejected.jsonl", "one.parquet",
        "out", "out.rejected.jsonl",
    ]  # fmt: skip
