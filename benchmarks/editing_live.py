"""What an author waits for in the editor: a change made, checked, and put to past cases.

python benchmarks/editing_live.py [CASES]

The Vietnam rulebook; an edit of one SOP, as the table makes it: the change of the text, then all
that the page asks for after a pause (laws, proofs, sentences, flowchart), then the impact on so
many listings (default 20,000): the golden cases, drawn again and again. Wall and CPU milliseconds:
median and slowest of 9 edits.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from brightline.backtesting.coded import CodedCases
from brightline.backtesting.session import Session
from brightline.editing.clauses import set_test
from brightline.i18n import use
from brightline.paths import bundled_rulebook
from brightline.reports.guide.book import Book, Tables
from brightline.reports.guide.clauses_view import condition
from brightline.reports.guide.sop_view import SopView
from brightline.rulebook.deciding import Decision
from brightline.rulebook.laws import LAWS
from brightline.rulebook.laws.checker import Checker
from brightline.rulebook.model import Rulebook
from brightline.rulebook.table import Table
from brightline.screening.one import CaseDecider
from brightline.signals.checking import LAWS as SIGNAL_LAWS
from brightline.workbench.drafts.coding import coded_column

SOP, CLAUSE = "e-cigarettes", "EC-3"
OPTIONS = ["shisha", "cigarettes", "accessory", "quit_aid", "unrelated", "liquid"]


def cases_of(book: Rulebook, count: int) -> Session:
    """The listings among the golden cases, read by the signals, drawn `count` times."""
    raw = [
        case
        for file in sorted((bundled_rulebook() / "cases").glob("*.jsonl"))
        for case in map(json.loads, file.read_text("utf-8").splitlines())
        if case.get("subject") == "listing"
    ]
    today = date.today()
    decisions = CaseDecider(book).decide_many([(case, today) for case in raw])
    known = [
        {name: fact.value for name, fact in one.facts.items() if fact.relied_on}
        for one in decisions
        if isinstance(one, Decision)
    ]
    drawn = random.Random(1).choices(known, k=count)
    columns = Table(book, "listing", today).columns
    facts = {c.key: coded_column(c, [one.get(c.name) for one in drawn]) for c in columns}
    return Session([CodedCases("listing", count, facts)], book)


def measured(work: Callable[..., Any], *given: Any) -> tuple[Any, tuple[float, float]]:
    """What comes back, and the wall and CPU milliseconds it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = work(*given)
    return found, ((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000)


def changed(path: Path, wanted: list[str]) -> None:
    """What the table does: the test of a clause is another."""
    path.write_text(set_test(path.read_text("utf-8"), CLAUSE, 0, "item", wanted).text, "utf-8")


def told(book: Rulebook) -> None:
    """Sentences in both languages, and the flowchart."""
    sop = book.sop_named(SOP)
    for code in ("vi", "en"):
        with use(code):
            shown = Book(Tables(book.of_sops(sop), date.today()))
            for clause in sop.clauses:
                condition(shown, sop, clause)
    SopView(Book(Tables(book.of_sops(sop), date.today())), sop, {}).drawing()


def main() -> None:
    """Measure and print a table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    rows: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as name, use("vi"):
        folder = Path(name) / "vietnam"
        shutil.copytree(bundled_rulebook(), folder)
        checker = Checker(folder, LAWS + SIGNAL_LAWS, unfinished=True)
        book = checker.check(date.today()).rulebook
        assert book is not None
        session, path = cases_of(book, count), folder / "sops" / f"{SOP}.yaml"
        draw = random.Random(2)
        for _edit in range(9):
            steps: list[tuple[str, tuple[Any, tuple[float, float]]]] = []
            took = measured(changed, path, draw.sample(OPTIONS, 2))
            steps.append(("the change of the text", took))
            took = measured(checker.check, date.today())
            steps.append(("laws and proofs", took))
            new = took[0].rulebook
            steps.append(("sentences and flowchart", measured(told, new)))
            steps.append((f"impact on {count:,} cases", measured(session.impact, new)))
            for what, (_found, milliseconds) in steps:
                rows.setdefault(what, []).append(milliseconds)
    print("| | wall ms | slowest | CPU ms |\n|---|---:|---:|---:|")
    for what, took in rows.items():
        walls, cpus = [one[0] for one in took], [one[1] for one in took]
        print(f"| {what} | {statistics.median(walls):.0f} | {max(walls):.0f} | "
              f"{statistics.median(cpus):.0f} |")  # fmt: skip


if __name__ == "__main__":
    main()
