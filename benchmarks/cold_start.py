"""How long a command takes from nothing: the median of ten runs, each in a process of its own.

python benchmarks/cold_start.py
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import machine
from brightline.paths import bundled_rulebook

RUNS = 10
GOALS = {"--help": 0.3, "decide": 1.0}
"""Seconds that each should take at most, so that nobody waits for the command line."""
CASE = {
    "id": "p-1",
    "subject": "listing",
    "attributes": {
        "title": "Pod dùng một lần 7000 hơi",
        "category": "electronics",
        "price": 150000,
    },
}


def seconds(*words: str) -> list[float]:
    """The seconds of so many runs. Raises where the command fails."""
    command = [sys.executable, "-m", "brightline", *words]
    found = []
    for _run in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ)
        found.append(time.perf_counter() - start)
    return found[1:]  # the first run fills the caches of the disk


def modules(*words: str) -> list[tuple[float, str]]:
    """The slowest imports of a command: milliseconds with all they import in turn, and the name."""
    command = [sys.executable, "-X", "importtime", "-m", "brightline", *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told = [line.split("|") for line in done.stderr.splitlines() if line.count("|") == 2]
    found = [(int(t), name.strip()) for _own, t, name in told if t.strip().isdecimal()]
    return sorted(((t / 1000, name) for t, name in found), reverse=True)[:5]


def main() -> None:
    print(machine.described("click", "pydantic", "PyYAML"))
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case.json"
        case.write_text(json.dumps(CASE), encoding="utf-8")
        decide = ("decide", str(bundled_rulebook()), str(case))
        for name, words in (("--help", ("--help",)), ("decide", decide)):
            found = seconds(*words)
            print(
                f"{name:8} median {statistics.median(found):.3f} s, "
                f"from {min(found):.3f} to {max(found):.3f} s ({RUNS} runs); "
                f"goal: below {GOALS[name]} s"
            )
        print("\nThe slowest imports of decide, with what they import in turn:")
        for milliseconds, name in modules(*decide):
            print(f"  {milliseconds:6.0f} ms  {name}")


if __name__ == "__main__":
    main()
