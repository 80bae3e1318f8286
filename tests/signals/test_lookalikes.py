"""The innocent look-alikes of the reference never hit the terms they resemble."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from brightline.signals.supplying import Supplier
from tests.signals.making import fact, rulebook, supplier, terms

TERMS = Path(__file__).parent / "evasion_terms.csv"
"""The terms of the team's reference (vietnamese-evasion-terms.csv), without its sources."""

ROWS = list(csv.DictReader(TERMS.read_text(encoding="utf-8").splitlines()))
INNOCENT = [row["term"] for row in ROWS if row["type"] == "benign_lookalike"]
GUILTY = [row for row in ROWS if row["type"] != "benign_lookalike" and row["ambiguous"] == "no"]


def lists(fold: bool) -> Supplier:
    by_type: dict[str, list[tuple[str, str, bool]]] = {}
    for row in GUILTY:
        by_type.setdefault(row["type"], []).append((row["term"], "word", fold))
    facts = {
        name: fact("yes_no", {"signal": "lexicon", "list": name, "in": ["title"], "absent": "no"})
        for name in by_type
    }
    return supplier(rulebook(facts, {name: terms(*rows) for name, rows in by_type.items()}))


ACCENTED = lists(fold=False)


@pytest.mark.parametrize("phrase", INNOCENT)
def test_an_innocent_phrase_does_not_hit(phrase: str) -> None:
    for written in (phrase, phrase.upper(), f"Bán {phrase}, giá tốt"):
        found = ACCENTED.supply({"title": written})
        assert [e.term for r in found.values() for e in r.evidence] == []


@pytest.mark.parametrize("row", GUILTY, ids=lambda row: row["term"])
def test_every_term_hits_where_it_stands(row: dict[str, str]) -> None:
    name = f"sop.{row['type']}"
    assert ACCENTED.supply({"title": f"Bán {row['term']}!"})[name].value == "yes"


def test_folding_everything_would_hit_innocent_phrases() -> None:
    folded = lists(fold=True)
    wrong = [
        phrase
        for phrase in INNOCENT
        if any(r.value == "yes" for r in folded.supply({"title": phrase}).values())
    ]
    assert wrong == ["vi vu khi"]
