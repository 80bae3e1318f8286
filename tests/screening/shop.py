"""A small rulebook that people can read, and files of cases for it."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from brightline.rulebook.model import Rulebook
from brightline.screening.mapping import mapping_of
from brightline.screening.screen import screen
from brightline.screening.summary import Summary

TODAY = date(2026, 11, 23)
T = {"vi": "chữ", "en": "text"}
OPTIONS = {"phone": T, "vape": T, "other": T}


def clause(name: str, when: Mapping[str, Any] | None, action: str, **more: Any) -> dict[str, Any]:
    """A clause as written; without a condition it is the `otherwise` one."""
    condition = {"otherwise": "yes"} if when is None else {"when": when}
    return {"id": name, "title": T, "action": action, **condition, **more}


def sop(name: str, subject: str = "listing", **parts: Any) -> dict[str, Any]:
    """An SOP as written."""
    return {
        "sop": name,
        "title": T,
        "subject": subject,
        "owner": "team",
        "review_by": "2030-01-01",
        "purpose": T,
        "cannot_tell": "escalate",
        **parts,
    }


def shop(*more: dict[str, Any], subjects: Sequence[str] = ("listing",)) -> Rulebook:
    """Fakes are removed, vapes escalated, a price under 1000 is put to a person."""
    attributes = {"title": "text", "tags": "list", "cost": "money", "created_at": "date"}
    actions = {"allow": 0, "edit": 20, "escalate": 50, "remove": 60}
    fakes = sop(
        "fakes",
        facts={
            "fake": {
                "kind": "yes_no",
                "from": {
                    "signal": "lexicon",
                    "list": "fakes",
                    "in": ["title", "tags"],
                    "absent": "no",
                },
                "trust": "decides",
            },
            "price": {
                "kind": "number",
                "min": 0,
                "max": 1e9,
                "from": {"signal": "attribute", "name": "cost"},
                "trust": "decides",
            },
            "licensed": {"kind": "yes_no"},
        },
        clauses=[
            clause("F-1", {"fake": "yes"}, "remove", points=12),
            clause("F-2", {"price": "< 1000", "licensed": "no"}, "edit", points=2),
            clause("F-9", None, "allow"),
        ],
    )
    vapes = sop(
        "vapes",
        clauses=[clause("V-1", {"item": "vape"}, "escalate"), clause("V-9", None, "allow")],
    )
    return Rulebook.model_validate(
        {
            "rulebook": "shop",
            "title": T,
            "market": "VN",
            "languages": ("vi", "en"),
            "subjects": {
                name: {
                    "title": T,
                    "attributes": {n: {"kind": k, "title": T} for n, k in attributes.items()},
                }
                for name in subjects
            },
            "actions": {
                name: {
                    "title": T,
                    "severity": severity,
                    "violation": "yes" if name in ("edit", "remove") else "no",
                    "person": "yes" if name == "escalate" else "no",
                }
                for name, severity in actions.items()
            },
            "facts": {"item": {"kind": "choice", "options": OPTIONS}},
            "lexicons": {"fakes": ({"term": "hàng giả", "kind": "word"},)},
            "sops": (fakes, vapes, *more),
        }
    )


ROWS: list[dict[str, Any]] = [
    {"code": "A1", "name": "Hàng giả loại 1", "vnd": 500000, "what": "phone", "paper": "yes"},
    {"code": "A2", "name": "Điện thoại", "vnd": 2500000, "what": "phone", "paper": "no"},
    {"code": "A3", "name": "Pod dùng một lần", "vnd": 150000, "what": "vape", "paper": "yes"},
    {"code": "A4", "name": "Ốp lưng", "vnd": 900, "what": "other", "paper": "no"},
    {"code": "A5", "name": "Ốp lưng", "vnd": 900, "what": "other", "paper": None},
    {"code": "A6", "name": None, "vnd": None, "what": None, "paper": None},
]
MAP = {
    "subject": "listing",
    "id": "code",
    "attributes": {"title": "name", "cost": "vnd"},
    "facts": {"item": "what", "licensed": "paper"},
}
ACTIONS = ["remove", "allow", "escalate", "edit", "manual_review", "manual_review"]


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """Rows as a file of the format that its name says."""
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(list(rows)), path)
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    else:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return path


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of decisions, lists as lists."""
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    with path.open(newline="", encoding="utf-8") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    for row in rows:
        row["determined"] = row["determined"] == "true"
        for name in ("clauses", "unknown"):
            row[name] = row[name].split(";") if row[name] else []
    return rows


def rejected(out: Path) -> list[dict[str, Any]]:
    """The rows that were turned away."""
    path = out.with_name(out.name + ".rejected.jsonl")
    return read(path) if path.exists() else []


def screened(
    cases: Path, out: Path, rulebook: Rulebook | None = None, mapping: Any = None, **options: Any
) -> Summary:
    """Screen a file as of `TODAY`; `mapping` as plain data."""
    plan = None if mapping is None else mapping_of(mapping)
    options.setdefault("as_of", TODAY)
    return screen(rulebook or shop(), cases, out, mapping=plan, **options)
