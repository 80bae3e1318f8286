"""Whether Spark and one machine say the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from brightline.screening.summary import Summary


def sorted_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file or folder of decisions, by id."""
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return sorted(rows, key=lambda row: str(row["id"]))


def same_figures(one: Summary, other: Summary) -> None:
    """All that a summary says but times and places."""
    plain = [
        replace(s, seconds=0, rows_per_second=0, output="", rejected_output=None)
        for s in (one, other)
    ]
    assert plain[0].to_json() == plain[1].to_json()
    assert list(plain[0].actions) == list(plain[1].actions)
