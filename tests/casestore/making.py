"""Small stores, made by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from brightline.casestore.appending import Appended, Appender
from brightline.casestore.kinds import CASES, DECISIONS
from brightline.casestore.store import Store

OCTOBER = date(2026, 10, 5)


def case(id_: str, day: date | None = OCTOBER, subject: str = "listing", **facts: Any) -> dict:
    """A case whose facts were given."""
    return {"id": id_, "subject": subject, "day": day, "facts": facts}


def table_of(*rows: dict) -> pa.Table:
    """Cases as a table of the store."""
    plain = [{k: v for k, v in row.items() if k not in CASES.structs} for row in rows]
    made = pa.Table.from_pylist(plain, schema=CASES.schema)
    for part in CASES.structs:
        values = [row.get(part) or {} for row in rows]
        if any(values):
            made = made.append_column(part, pa.array(values))
    return made


def put(store: Store, *rows: dict) -> Appended:
    """Append cases as one batch."""
    with Appender(store) as batch:
        batch.add("cases", table_of(*rows))
        return batch.commit()["cases"]


def decide(store: Store, id_: str, action: str, number: int = 1, **more: Any) -> None:
    """Append one decision."""
    at = datetime(2026, 10, 5, 9, number, tzinfo=UTC)
    row = {
        "decision": f"{id_}-{number}", "id": id_, "subject": "listing", "day": OCTOBER,
        "at": at, "how": "review", "action": action, "in_force": True, "seconds": 30.0, **more,
    }  # fmt: skip
    with Appender(store) as batch:
        batch.add("decisions", pa.Table.from_pylist([row], schema=DECISIONS.schema))
        batch.commit()


def facts_in(store: Store) -> dict[tuple, dict[str, Any]]:
    """All cases of a store by their key; fails where one stands twice."""
    found: dict[tuple, dict[str, Any]] = {}
    for batch in store.batches():
        for row in batch.to_pylist():
            key = row["id"], row["subject"], row["day"]
            assert key not in found
            facts = row.get("facts") or {}
            found[key] = {name: value for name, value in facts.items() if value is not None}
    return found
