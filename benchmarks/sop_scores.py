"""Precision and recall of every SOP on the rulebook's own golden cases.

Run: `python benchmarks/sop_scores.py [--rulebook DIR] [--cases FILE …] [--show]`. A case is a fault
of an SOP when its expectation names one of the SOP's violations. `--show` prints every case that
came out otherwise than expected.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from brightline.i18n import set_language
from brightline.paths import bundled_rulebook
from brightline.rulebook.deciding import Decision
from brightline.rulebook.model import MANUAL_REVIEW, Rulebook
from brightline.rulebook.reading import read
from brightline.screening.one import CaseDecider
from machine import share

HARD = ("khó:", "Dễ nhầm")
"""How the note of a hard case begins: disguised, two SOPs at once, missing facts; look-alike."""


def cases_in(paths: Iterable[Path]) -> Iterator[dict]:
    for path in paths:
        with path.open(encoding="utf-8") as file:
            yield from (json.loads(line) for line in file if line.strip())


class Tally:
    """Counts of one SOP: places are right, wrong, person, missed, wronged, passed."""

    def __init__(self) -> None:
        self.places: Counter[str] = Counter()

    @property
    def row(self) -> list[str]:
        found = self.places
        acted = found["right"] + found["wrong"] + found["wronged"]
        faults = found["right"] + found["wrong"] + found["missed"] + found["person"]
        innocent = found["passed"] + found["wronged"] + found["asked in vain"]
        return [
            share(found["right"], acted),
            share(found["right"], faults),
            share(found["right"] + found["person"], faults),
            share(found["wronged"], innocent),
            share(found["asked in vain"], innocent),
        ]


def expected_of(case: dict, book: Rulebook) -> dict[str, str]:
    """SOP → clause id that the case's expectation names."""
    clauses = case["expect"].get("clause", [])
    named = [clauses] if isinstance(clauses, str) else clauses
    owner = {clause.id: sop.sop for sop in book.sops for clause in sop.clauses}
    pairs = (one.split("/") if "/" in one else (owner[one], one) for one in named)
    return dict(pairs)


def place(case: dict, sop: str, decision: Decision, book: Rulebook) -> str:
    """Where a case went, as far as one SOP is concerned."""
    clauses = {clause.id: clause for one in book.sops if one.sop == sop for clause in one.clauses}
    verdict = decision.verdict
    told = next((one for one in verdict.reported if one.sop == sop), None)
    facts = {name for one in book.sops if one.sop == sop for name in one.facts}
    open_here = any(
        name.startswith(f"{sop}.") or ("." not in name and name in facts)
        for name in decision.unknown
    )
    person = open_here or (told is not None and book.actions[told.action].person)
    wanted = expected_of(case, book).get(sop)
    if wanted in clauses and book.actions[clauses[wanted].action].violation:
        if told is not None and told.violation:
            return "right" if told.clause == wanted else "wrong"
        return "person" if person else "missed"
    if told is not None and told.violation:
        return "wronged"
    if not expects_nobody(case, book):
        return "a person's"
    return "asked in vain" if person else "passed"


def expects_nobody(case: dict, book: Rulebook) -> bool:
    action = case["expect"]["action"]
    return action != MANUAL_REVIEW and not book.actions[action].person


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rulebook", type=Path, default=None)
    parser.add_argument("--cases", type=Path, nargs="*")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    set_language("en")
    folder = given.rulebook or bundled_rulebook()
    book = read(folder)
    paths = given.cases or sorted((folder / "cases").glob("*.jsonl"))
    decider = CaseDecider(book)
    tallies = {sop.sop: Tally() for sop in book.sops}
    hard = Counter[str]()
    total = as_expected = 0
    for case in cases_in(paths):
        decision = decider.decide(case)
        total += 1
        same = decision.verdict.action == case["expect"]["action"]
        as_expected += same
        if case.get("note", "").startswith(HARD):
            hard["cases"] += 1
            hard["as expected"] += same
        for sop, tally in tallies.items():
            tally.places[place(case, sop, decision, book)] += 1
        if given.show and not same:
            text = json.dumps(case["attributes"], ensure_ascii=False)
            clauses = {one.sop: one.clause for one in decision.verdict.reported}
            print(
                f"{case['id']}: expected {case['expect']}, got {decision.verdict.action} {clauses}"
            )
            print(f"    {decision.unknown} {case.get('note', '')}\n    {text[:400]}")
    print(
        f"{total} cases, {as_expected} as expected; hard: {hard['as expected']} of {hard['cases']}"
    )
    heads = ("SOP", "precision", "recall, automatic", "automatic or to a person")
    heads += ("innocent but acted on", "innocent but asked about")
    print("| " + " | ".join(heads) + " |\n|" + "---|" * len(heads))
    for sop, tally in tallies.items():
        print("| " + " | ".join([sop, *tally.row]) + " |")


if __name__ == "__main__":
    main()
