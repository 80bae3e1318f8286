"""Live listings looked at again under a new release: how many a second, on both databases.

    python benchmarks/sweep.py [--engine sqlite|postgresql] [--cases N]

The listings are golden ones of the Vietnam rulebook that it lets through by itself, taken in for
real and then copied with their decisions until there are N (default 5,000). The new release has
one clause that finds a fault where it found none; which, is chosen so that some listings differ.
The sweep is the job of the workbench itself: it reads cases and decisions, runs the signals anew,
adds what people answered, decides, and keeps what differs. Then what it found is carried out.
Beside it, on 1,000 of the same cases in memory: a plain loop of `Engine.arrive` (signals, then the
table), and one of `Engine.decide` on facts that are known already. Wall and CPU seconds of this
process.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import load_ground
from machine import described

ENGINES = ("sqlite", "postgresql")
BESIDE = 1_000
LEAST, MOST = 0.02, 0.25
"""Between these shares of the listings are to differ."""


def main() -> None:
    """Both databases, each in a process of its own; or one, in this."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--engine", choices=ENGINES)
    asked.add_argument("--cases", type=int, default=5_000)
    asked.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    said = asked.parse_args()
    if said.inside is not None:
        print(json.dumps(swept(said.inside, said.cases)))
        return
    print(described("django"))
    print(f"{said.cases} live listings under a new release, listings a second (CPU seconds)\n")
    print("| database | swept | differ | acted on | `arrive` in a loop | `decide` in a loop |"
          "\n|---|---:|---:|---:|---:|---:|")  # fmt: skip
    for engine in (said.engine,) if said.engine else ENGINES:
        print(row(engine, measured(engine, said.cases)))


def measured(engine: str, cases: int) -> dict[str, Any]:
    """One engine, in a process of its own: Django knows one database a process."""
    with tempfile.TemporaryDirectory(prefix="brightline-bench-") as away:
        folder = Path(away)
        folder.chmod(0o755)
        variables = {**os.environ, "BRIGHTLINE_HOME": str(folder / "home")}
        for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
            variables.pop(name, None)
        if engine == "postgresql":
            variables["DATABASE_URL"] = load_ground.postgresql(folder)
        done = subprocess.run(
            [sys.executable, __file__, "--inside", str(folder / "home"), "--cases", str(cases)],
            env=variables, stdout=subprocess.PIPE, check=True, text=True,
        )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def row(engine: str, one: dict[str, Any]) -> str:
    """A line of the table."""
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[engine]
    told = []
    for key in ("swept", "acted", "arrive", "decide"):
        count, wall, cpu = one[key]
        told.append(f"{count / wall:,.0f}/s ({cpu:.1f} s)" if count else "–")
    differ = f"{one['differ']:,} ({one['differ'] / one['cases']:.0%})"
    return f"| {name} | **{told[0]}** | {differ} | {told[1]} | {told[2]} | {told[3]} |"


def timed(work: Callable[[], int]) -> tuple[int, float, float]:
    """How many, and the wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    count = work()
    return count, time.perf_counter() - wall, time.process_time() - cpu


def swept(home: Path, cases: int) -> dict[str, Any]:
    """Fill an empty home, publish, sweep; the figures."""
    from brightline.workbench.starting import start

    start(home)
    from brightline.paths import bundled_rulebook
    from brightline.rulebook.reading import read
    from brightline.workbench.accounts.models import User
    from brightline.workbench.cases.models import Decision, Market
    from brightline.workbench.releasing.actions.sweep import begin, carry_out
    from brightline.workbench.releasing.models import Sweep
    from brightline.workbench.releasing.sweeping.looking import candidates
    from brightline.workbench.releasing.sweeping.working import work_sweeps
    from brightline.workbench.rulebooks.actions.publish import publish
    from brightline.workbench.rulebooks.in_force import engine_of

    book = read(bundled_rulebook())
    first = publish(book, None)
    Market.objects.create(code="VN", second_share=0.0, audit_share=0.0)
    live = taken_in(engine_of(first.sha))
    copied(live, cases)
    second = publish(stricter(book, live), None)
    person = User.objects.create(username="sweeper", is_superuser=True)
    engine = engine_of(second.sha)
    engine.arrive({"subject": live[0].subject, "attributes": live[0].attributes, "facts": {}},
                  live[0].day)  # fmt: skip

    sweep = begin(second, Sweep.Kind.LIVE, person, days=30)
    looked = timed(lambda: work_sweeps() and sweep.total)
    sweep.refresh_from_db()
    assert sweep.status == Sweep.Status.READY and sweep.counts["seen"] == sweep.total == cases
    differ = sweep.cases.count()
    every = list(candidates(sweep).order_by("-pk")[:BESIDE])
    known = dict(Decision.objects.filter(case__in=candidates(sweep)).values_list("case", "facts"))

    def arrive() -> int:
        for case in every:
            raw = {"subject": case.subject, "attributes": case.attributes, "facts": case.given}
            engine.arrive(raw, sweep.day)
        return len(every)

    def decide() -> int:
        for case in every:
            engine.decide(case.subject, sweep.day, known[case.pk])
        return len(every)

    plain = timed(arrive), timed(decide)
    acted = (0, 0.0, 0.0)
    if differ:
        carry_out(sweep, person, automatic=True, tasks=True, why="benchmark")
        acted = timed(lambda: work_sweeps() and differ)

    return {"cases": cases, "differ": differ, "swept": looked, "acted": acted,
            "arrive": plain[0], "decide": plain[1]}  # fmt: skip


def taken_in(engine: Any) -> list[Any]:
    """The golden listings that the rulebook lets through by itself, taken in for real."""
    from brightline.paths import bundled_rulebook
    from brightline.workbench.cases.actions.receive import Incoming, receive
    from brightline.workbench.cases.models import Case
    from brightline.workbench.sample.stock import golden_cases

    for number, golden in enumerate(golden_cases(bundled_rulebook())):
        if golden.subject == "listing":
            receive("VN", Incoming(f"G-{number}", "listing", golden.told, seller=f"s-{number}"),
                    None)  # fmt: skip
    allowed = [name for name, of in engine.rulebook.actions.items()
               if not of.violation and not of.person]  # fmt: skip
    found = list(Case.objects.filter(action__in=allowed).order_by("pk"))
    Case.objects.exclude(pk__in=[one.pk for one in found]).filter(action="").update(market="XX")
    if not found:
        raise SystemExit("no golden listing is let through by itself")
    return found


def copied(originals: list[Any], count: int) -> None:
    """Rows of cases and decisions, until there are so many live listings."""
    from brightline.workbench.cases.models import Case, Decision

    of = {d.case_id: d for d in Decision.objects.filter(case__in=[c.pk for c in originals])}
    made = []
    for number in range(len(originals), count):
        case = Case.objects.model(**_fields(originals[number % len(originals)]))
        case.ref, case.seller = f"C-{number}", f"s-{number % 5000}"
        made.append((case, of[originals[number % len(originals)].pk]))
    Case.objects.bulk_create([case for case, _of in made], batch_size=500)
    decisions = []
    for case, decision in made:
        fresh = Decision(**(_fields(decision) | {"case_id": case.pk}))
        decisions.append(fresh)
    Decision.objects.bulk_create(decisions, batch_size=500)


def _fields(row: Any) -> dict[str, Any]:
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields
            if not f.primary_key}  # fmt: skip


def stricter(book: Any, live: list[Any]) -> Any:
    """The rulebook with one clause that asks for papers where it let listings through.

    Which, is the first under which some of the listings, and not many, come to something else.
    """
    from brightline.rulebook.canonical import from_json, to_json
    from brightline.workbench.rulebooks.engine import Engine

    for sop in book.sops:
        for number, clause in enumerate(sop.clauses):
            if clause.action != "allow" or sop.subject != "listing":
                continue
            form = json.loads(to_json(book))
            at = next(n for n, one in enumerate(form["sops"]) if one["sop"] == sop.sop)
            form["sops"][at]["clauses"][number] |= {"action": "request_papers"}
            changed = from_json(json.dumps(form))
            engine = Engine(changed, changed.sha)
            raws = [({"subject": c.subject, "attributes": c.attributes, "facts": c.given}, c.day)
                    for c in live]  # fmt: skip
            rulings = engine.arrive_many(raws)
            differ = sum(getattr(getattr(one, "verdict", None), "action", "") != case.action
                         for one, case in zip(rulings, live, strict=True))  # fmt: skip
            if LEAST <= differ / len(live) <= MOST:
                return changed.model_copy(update={"data": book.data})
    raise SystemExit("no clause was found under which some listings differ")


if __name__ == "__main__":
    main()
