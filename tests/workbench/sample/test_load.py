"""Many moderators at once and a kill -9 in the middle: nothing lost, doubled or claimed twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FAULTS = ("errors", "lost_decisions", "doubled_decisions", "lost_answers", "doubled_answers",
          "double_claims", "without_event", "without_outcome", "done_undecided",
          "chain_broken")  # fmt: skip


@pytest.mark.slow
@pytest.mark.one_engine
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_twenty_moderators_and_one_kill(engine):
    kept = {k: v for k, v in os.environ.items()
            if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "BRIGHTLINE_HOME")}  # fmt: skip
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "workbench_load.py", "--engine", engine, "--json",
         "--moderators", "20", "--seconds", "6", "--every", "3", "--kills", "1"],
        check=False, capture_output=True, text=True, timeout=280, env=kept,
    )  # fmt: skip
    assert done.stdout.strip(), done.stderr
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert {name: found[name] for name in FAULTS} == dict.fromkeys(FAULTS, 0), found
    assert found["kills"] == 1
    assert found["decided"] >= 20
    assert found["stored"] == found["decided"] + found["unacknowledged"]
    assert found["sent_again"] > 0  # the kill was felt
