"""What an author waits for in the editor, with ten million past cases on file.

python benchmarks/editing_live.py [--cases 10000000] [--jitter 1.0]

The Vietnam rulebook, a draft, a year of decided listings in a store (see `past_cases`: golden
listings, jittered). First what is done at night: the files are written that workers map. Then a
worker in a process of its own: the editor is opened, and edits are made as its page sends them,
through Django's test client: everything of the server but its sockets. After each edit the page
asks for errors, sentences and the flowchart, then for the impact. Wall and CPU milliseconds, median
and slowest, and the greatest resident size; the page's own 300 ms of waiting for more keys are not
in it. On a busy machine the CPU says more.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from machine import described

Took = tuple[float, float]
OPTIONS = ["shisha", "cigarettes", "accessory", "quit_aid", "unrelated", "liquid"]
VAPES, FAKES = "sops/e-cigarettes.yaml", "sops/counterfeit.yaml"


def measured(work: Callable[..., Any], *given: Any) -> tuple[Any, Took]:
    """What comes back, and the wall and CPU milliseconds it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = work(*given)
    return found, ((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000)


def peak() -> int:
    """The greatest resident size of this process so far, in MB; mapped files are in it."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def held() -> int:
    """What this process holds for itself, in MB: without the files that it shares with others."""
    found = re.search(r"RssAnon:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024 if found else -1


def started(home: str) -> None:
    """Bring the workbench up in this process."""
    from brightline.workbench.starting import start

    start(Path(home))
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]


def prepared(home: str, cases: int, jitter: float) -> int:
    """Publish, open a draft, lay the cases down in the market's store; the number of the draft."""
    started(home)
    from brightline.paths import bundled_rulebook
    from brightline.rulebook.reading import read
    from brightline.workbench.accounts.models import Grant, User
    from brightline.workbench.backtests.keeping import store_of
    from brightline.workbench.cases.models import Market
    from brightline.workbench.drafts.actions.open_draft import open_draft
    from brightline.workbench.rulebooks.actions.publish import publish
    from past_cases import write_store

    folder = bundled_rulebook()
    release = publish(read(folder), None)
    Market.objects.get_or_create(code="VN")
    author = User.objects.create_user("mai", "mai@example.org", "correct horse battery")
    Grant.objects.create(user=author, role="author")
    write_store(store_of("VN"), read(folder), cases, jitter)
    return open_draft(release, author, "Đo tốc độ").pk


def at_night(home: str) -> tuple[Took, int, int]:
    """Write the files that workers map: time, peak, bytes."""
    started(home)
    from brightline.casestore.store import Store
    from brightline.workbench.backtests.keeping import store_of
    from brightline.workbench.drafts.past_files import write_past

    (place,), took = measured(write_past, "VN", Store(store_of("VN")))
    return took, peak(), sum(file.stat().st_size for file in place.iterdir())


class Page:
    """What the editor's page sends."""

    def __init__(self, draft: int) -> None:
        from django.test import Client

        from brightline.workbench.accounts.models import User

        self._client, self._draft, self._revision = Client(), draft, 0
        self._client.force_login(User.objects.get(username="mai"))

    def open(self, path: str) -> None:
        """The page itself."""
        answer = self._client.get(self._address("edit", path))
        assert answer.status_code == 200, answer.status_code

    def send(self, name: str, path: str, **said: Any) -> dict[str, Any]:
        """One request of its script."""
        answer = self._client.post(self._address(name, path), json.dumps(said), "application/json")
        assert answer.status_code == 200, (name, answer.status_code, answer.content[:300])
        found: dict[str, Any] = answer.json()
        self._revision = found.get("revision", self._revision)
        return found

    def in_table(self, path: str, op: str, **args: Any) -> dict[str, Any]:
        """A change of the table."""
        return self.send("op", path, op=op, based_on=self._revision, args=args)

    def as_text(self, path: str, old: str, new: str) -> dict[str, Any]:
        """A change of the text."""
        text = self._client.get(self._address("form", path)).json()["text"]
        assert re.search(old, text), old
        return self.send("save", path, text=re.sub(old, new, text, count=1),
                         based_on=self._revision)  # fmt: skip

    def _address(self, name: str, path: str) -> str:
        from django.urls import reverse

        return reverse(f"draft_{name}", args=[self._draft, path])


def worker(home: str, draft: int, rounds: int) -> dict[str, Any]:
    """A worker that was just started: what opening the editor and then each edit takes."""
    started(home)
    from brightline.workbench.warming import warm

    warm()
    page, draw = Page(draft), random.Random(2)
    found: dict[str, list[Took]] = {}
    changed: dict[str, int] = {}

    def timed(what: str, work: Callable[..., Any], *given: Any, **named: Any) -> Any:
        back, took = measured(lambda: work(*given, **named))
        found.setdefault(what, []).append(took)
        return back

    def then(what: str, path: str) -> None:
        timed(f"{what}: errors, sentences, flowchart", page.send, "check", path)
        said = timed(f"{what}: impact", page.send, "impact", path)["html"]
        assert "<b>" in said, (what, said)
        changed[what] = said.count("<tr>")
        (a, b), (c, d) = (found[f"{what}: {of}"][-1]
                          for of in ("errors, sentences, flowchart", "impact"))  # fmt: skip
        found.setdefault(f"**{what}: all that is waited for**", []).append((a + c, b + d))

    def threshold(cut: int, what: str) -> None:
        page.in_table(FAKES, "test", clause="CF-6", row=0, fact="price_ratio",
                      test=f"< 0.{31 + 2 * cut}")  # fmt: skip
        then(what, FAKES)

    before = held()
    timed("opening the editor", page.open, VAPES)
    then("first of a worker", VAPES)
    for cut in range(rounds):
        threshold(cut, "another threshold of a number")
    for _edit in range(rounds):
        timed("a test in the table: the change, kept", page.in_table, VAPES, "test",
              clause="EC-3", row=0, fact="item", test=draw.sample(OPTIONS, 2))  # fmt: skip
        then("a test in the table", VAPES)
    for points in range(rounds):
        page.as_text(VAPES, r"points: \d+", f"points: {points + 7}")
        then("points in the text", VAPES)
    for cut in range(rounds):
        threshold(cut + rounds, "another threshold, most cases reached already")
    return {"rows": found, "flows": changed, "held": held() - before, "peak": peak(),
            "patterns": _patterns()}  # fmt: skip


def _patterns() -> int:
    from brightline.workbench.drafts import impact

    return sum(
        len(slot._held.past.patterns.first)
        for _at, slot in impact._kept.values()
        if slot._held is not None
    )


def alone(work: Callable[..., Any], *arguments: Any) -> Any:
    """What some work gives in a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000_000)
    parser.add_argument("--jitter", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args()
    print(described("django"))
    with tempfile.TemporaryDirectory(prefix="brightline-bench-") as home:
        Path(home).chmod(0o755)
        os.environ["BRIGHTLINE_HOME"] = home
        (Path(home) / "static").mkdir()
        draft = alone(prepared, home, given.cases, given.jitter)
        (wall, cpu), most, size = alone(at_night, home)
        print(f"{given.cases:,} cases, {given.jitter:g} facts of each changed at random\n\n"
              f"At night: the files written in {wall / 1000:.0f} s wall, {cpu / 1000:.0f} s CPU, "
              f"at most {most:,} MB of memory, {size / 1e6:,.0f} MB on the disk\n")  # fmt: skip
        told = alone(worker, home, draft, given.rounds)
    print("| | wall ms, median | slowest | CPU ms, median | slowest |\n|---|---:|---:|---:|---:|")
    for what, took in told["rows"].items():
        walls, cpus = [one[0] for one in took], [one[1] for one in took]
        print(f"| {what} | {statistics.median(walls):.0f} | {max(walls):.0f} | "
              f"{statistics.median(cpus):.0f} | {max(cpus):.0f} |")  # fmt: skip
    print(f"\n{told['patterns']:,} patterns; a worker holds {told['held']:,} MB for this, its "
          f"greatest resident size is {told['peak']:,} MB (shared files are in it); flows shown "
          f"in the last round: {told['flows']}")  # fmt: skip


if __name__ == "__main__":
    main()
