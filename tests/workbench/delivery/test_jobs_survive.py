"""The jobs as real processes: beside the server, dying with it, killed in the middle."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.workbench.delivery.receiver import receiver

pytestmark = [pytest.mark.one_engine, pytest.mark.slow]

MAKE = """
import sys
from brightline.workbench.starting import start
start()
from brightline.workbench.delivery.models import Hook, Delivery
from brightline.workbench.rulebooks.actions.publish import publish
from tests.workbench.making import a_case, a_rulebook
publish(a_rulebook(), None)
Hook.objects.create(name="x", url=sys.argv[1], kinds=["case.received"])
for number in range(int(sys.argv[2])):
    a_case(ref=f"r{number}")
"""
COUNT = """
from brightline.workbench.starting import start
start(migrate=False)
from brightline.workbench.delivery.models import Delivery
print(Delivery.objects.filter(status="sent").count())
"""
SHORT = """
from datetime import timedelta
from brightline.workbench.starting import start
start()
from brightline.workbench.delivery import outbox
outbox.LEASE = timedelta(seconds=1)
from brightline.workbench.jobs_beside import run_jobs
run_jobs()
"""


@pytest.fixture
def variables(tmp_path):
    """Variables of a workbench of its own, on SQLite."""
    kept = {
        k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    root = str(Path(__file__).resolve().parents[3])
    return {**kept, "BRIGHTLINE_HOME": str(tmp_path / "home"), "PYTHONPATH": root,
            "BRIGHTLINE_HOOKS_ALLOW_PRIVATE": "1"}  # fmt: skip


def printed(code: str, variables: dict[str, str], *args: str) -> str:
    return subprocess.run([sys.executable, "-c", code, *args], env=variables, check=True,
                          capture_output=True, text=True).stdout.strip()  # fmt: skip


def until(holds, seconds: float = 90.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)


def test_killed_in_the_middle_every_delivery_arrives(variables):
    with receiver() as shop:
        printed(MAKE, variables, shop.url, "40")
        for more in (8, 16):  # killed twice, each time once some more have arrived
            process = subprocess.Popen([sys.executable, "-c", SHORT], env=variables)
            until(lambda more=more: len(shop.got) >= more)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        both = [subprocess.Popen([sys.executable, "-c", SHORT], env=variables) for _n in range(2)]
        try:
            until(lambda: printed(COUNT, variables) == "40")
        finally:
            for process in both:
                process.send_signal(signal.SIGTERM)
            for process in both:
                assert process.wait(30) == 0
    arrived = [headers["webhook-id"] for headers, _body in shop.got]
    assert len(set(arrived)) == 40
    assert len(arrived) <= 40 + 2 * 8  # twice only what was in flight when it was killed


def children(pid: int) -> set[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(one) for one in found}


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_the_jobs_and_the_workers_die_with_the_server(variables, how):
    with receiver() as shop:
        printed(MAKE, variables, shop.url, "1")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        server = subprocess.Popen(
            [sys.executable, "-m", "brightline", "serve", "--port", port, "--workers", "1"],
            env=variables, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            until(lambda: len(shop.got) == 1)
            jobs = [
                pid for pid in children(server.pid)
                if b"jobs" in Path(f"/proc/{pid}/cmdline").read_bytes()
            ]  # fmt: skip
            assert len(jobs) == 1
            every = children(server.pid)
            assert len(every) >= 2
        finally:
            server.send_signal(how)
            server.wait(40)
        until(lambda: not any(map(alive, every)), 30)
