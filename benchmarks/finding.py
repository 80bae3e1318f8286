"""How long the pages of cases, queues and the log take to ask for with 200,000 cases.

python benchmarks/finding.py [CASES]     BRIGHTLINE_TEST_ENGINE=postgresql for PostgreSQL
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.workbench.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from brightline.workbench.accounts.models import Grant, User
from brightline.workbench.cases.models import Case, Task
from brightline.workbench.cases.searching import search_text
from brightline.workbench.cases.searching_cases import Wanted, find
from brightline.workbench.queues.listing import Sieve, page_of, tasks_of
from brightline.workbench.queues.standing import forget, standings
from brightline.workbench.rulebooks.models import Release

TEXT = """
đồng hồ nam áo thun nữ kem trị nám sữa bột tăng chiều cao tai nghe không dây dao bếp thái lan
giày thể thao hàng mới chính hãng giá rẻ giao nhanh bảo hành đổi trả liên hệ vape pod chill
mỹ phẩm nhật bản balo học sinh ốp lưng điện thoại quạt mini nồi chiên bình giữ nhiệt
"""
WORDS = TEXT.split()
ACTIONS = ["", "allow", "remove_listing", "hide", "warn"]
SOURCES = ["proactive", "user_report", "authority_request", "appeal"]
ASKED = {
    "the newest": Wanted(),
    "a reference": Wanted(q="SP15000"),
    "a common word": Wanted(q="vape"),
    "two words": Wanted(q="đồng hồ"),
    "a word of one case": Wanted(q="kim tự tháp"),
    "a word of none": Wanted(q="zzzzqq"),
    "a seller": Wanted(seller="shop-77"),
    "an outcome": Wanted(action="remove_listing"),
    "a rare outcome": Wanted(action="suspend_shop"),
    "a rare source, a subject": Wanted(source="appeal", subject="listing"),
    "a day": Wanted(since="2026-11-01", until="2026-11-01"),
}


def fill(count: int) -> User:
    """The database with so many cases, a third of them waiting."""
    call_command("migrate", verbosity=0)
    Release.objects.create(sha="0" * 64, market="VN", number=1, effective_at=timezone.now())
    draw, now = random.Random(7), timezone.now()
    for start in range(0, count, 5_000):
        cases = []
        for n in range(start, min(count, start + 5_000)):
            title = " ".join(draw.choices(WORDS, k=12)) + (
                " kim tự tháp" if n == count // 2 else ""
            )
            attributes = {"title": title, "description": " ".join(draw.choices(WORDS, k=60))}
            at = now - timedelta(minutes=count - n)
            action = "suspend_shop" if n % 40_000 == 9 else ACTIONS[draw.randrange(5)]
            cases.append(
                Case(
                    market="VN", ref=f"SP{n}", subject="listing", attributes=attributes,
                    facts={}, sha="0" * 64, day=at.date(), seller=f"shop-{n % 5000}",
                    action=action, source=SOURCES[0 if n % 500 else n // 500 % 4], received_at=at,
                    due_at=at + timedelta(days=1), decided_at=at if action else None,
                    search_text=search_text(f"SP{n}", attributes),
                )
            )  # fmt: skip
        Case.objects.bulk_create(cases)
    waiting = Case.objects.filter(action="").values_list("pk", "due_at")
    Task.objects.bulk_create(
        [Task(case_id=pk, market="VN", queue=f"q{pk % 10}", urgency=pk % 4, due_at=due)
         for pk, due in waiting.iterator()],
        batch_size=5_000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    lan = User.objects.create_user("lan")
    Grant.objects.create(user=lan, role="manager")
    return User.objects.get(pk=lan.pk)


def timed(name: str, call: object, times: int = 5) -> None:
    """Print the median and the worst time of a call in milliseconds."""
    spent = []
    for _n in range(times):
        began = time.perf_counter()
        found = call()  # type: ignore[operator]
        spent.append((time.perf_counter() - began) * 1000)
    print(f"{name:28} {statistics.median(spent):8.1f} {max(spent):8.1f} ms   {found}", flush=True)


def main() -> None:
    """Fill and measure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    lan = fill(count)
    print(f"{connection.vendor}, {count:,} cases, {Task.objects.count():,} tasks; median, worst")
    for name, wanted in ASKED.items():
        timed(name, lambda wanted=wanted: len(find(lan, wanted).cases))
    last = find(lan, Wanted())
    for _n in range(30):
        last = find(lan, Wanted(), last.after)
    timed("page 31", lambda: len(find(lan, Wanted(), last.after).cases))
    timed("the queues of a market", lambda: (forget(), len(standings("VN")))[1])
    timed("tasks of a queue", lambda: len(page_of(tasks_of("VN", "q3", Sieve()), "")[0]))
    timed("how many there are", lambda: tasks_of("VN", "q3", Sieve()).count())


if __name__ == "__main__":
    main()
