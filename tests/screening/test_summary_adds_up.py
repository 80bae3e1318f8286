"""The figures of a summary are those of the rows in the output."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brightline.screening.screen import screen
from brightline.screening.summary import Summary
from tests.examples import some

from .raw import raw_cases, raw_rulebooks
from .shop import MAP, ROWS, TODAY, read, rejected, screened, write


def assert_adds_up(summary: Summary, rows: list[dict[str, Any]], rejected: int) -> None:
    assert summary.rejected == rejected
    assert summary.decided == len(rows)
    assert summary.rows == summary.decided + summary.rejected
    assert summary.decided == summary.automatic + summary.person
    assert summary.person == summary.undetermined + summary.handed_over
    assert summary.undetermined == sum(not row["determined"] for row in rows)
    assert summary.undetermined == summary.actions.get("manual_review", 0)
    assert summary.contradicted <= summary.undetermined
    assert summary.actions == Counter(row["action"] for row in rows)
    assert sum(line.cases for line in summary.subjects) == summary.decided
    assert sum(line.automatic for line in summary.subjects) == summary.automatic
    assert sum(line.person for line in summary.subjects) == summary.person
    reported = Counter(clause for row in rows for clause in row["clauses"])
    assert {f"{c.sop}/{c.clause}": c.cases for c in summary.clauses}.items() <= reported.items()
    by_sop = Counter(clause.split("/")[0] for row in rows for clause in row["clauses"])
    found: Counter[str] = Counter()
    for line in summary.sops:
        found[line.sop] += line.cases
    assert found == by_sop
    open_facts = Counter(fact for row in rows for fact in row["unknown"])
    assert {line.fact: line.cases for line in summary.unknown}.items() <= open_facts.items()
    json.dumps(summary.to_json())


@given(st.data())
@settings(
    deadline=None,
    max_examples=some(40),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_for_any_rulebook_and_cases(tmp_path: Path, data: st.DataObject) -> None:
    rulebook = data.draw(raw_rulebooks())
    cases = data.draw(st.lists(raw_cases(rulebook), max_size=12))
    write(tmp_path / "cases.jsonl", cases)
    out = tmp_path / "out.jsonl"
    summary = screen(rulebook, tmp_path / "cases.jsonl", out, as_of=TODAY)
    assert_adds_up(summary, read(out), len(rejected(out)))


def test_over_many_chunks(tmp_path: Path) -> None:
    rows = [{**ROWS[n % 6], "what": "tank" if n % 7 == 0 else "phone"} for n in range(21_000)]
    out = tmp_path / "out.parquet"
    summary = screened(write(tmp_path / "cases.csv", rows), out, mapping=MAP)
    assert_adds_up(summary, read(out), 3000)
    assert summary.rejected == 3000


def test_the_figures_of_a_small_file(tmp_path: Path) -> None:
    summary = screened(write(tmp_path / "cases.csv", ROWS), tmp_path / "out.csv", mapping=MAP)
    assert summary.automatic == 3
    assert (summary.undetermined, summary.handed_over, summary.person) == (2, 1, 3)
    unknown = {line.fact: line.cases for line in summary.unknown}
    assert unknown == {"licensed": 2, "item": 1, "fake": 1, "price": 1}
    assert summary.rows_per_second > 0
