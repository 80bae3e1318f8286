"""The Vietnam rulebook on real listings and labelled reviews: counts, precision, recall.

Run: `python benchmarks/real_sets.py DATA [--show N]`, where DATA holds `tiki-listings/listings.csv`
and `vispamreviews/{train,dev}.csv`. Neither set is part of this repository.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import machine
from brightline.i18n import set_language
from brightline.paths import bundled_rulebook
from brightline.rulebook.model import Rulebook
from brightline.rulebook.reading import read
from brightline.screening.screen import screen

HERE = Path(__file__).resolve().parent
LABELS = {"0": "no spam", "1": "fake", "2": "brand or service only", "3": "non-review"}
FLAGGED = ("hide_review", "exclude_from_rating")


def screened(book: Rulebook, cases: Path, mapping: str) -> tuple[list[dict[str, str]], list[dict]]:
    """The rows of a file and what became of each."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.jsonl"
        summary = screen(book, cases, out, mapping=HERE / "maps" / mapping, workers=1)
        print(f"{summary.rows:,} rows, {summary.automatic:,} decided automatically,", end=" ")
        print(
            f"{summary.person:,} need a person; {summary.rows_per_second:,.0f} rows/s, one process"
        )
        for line in summary.unknown:
            print(f"    open: {line.fact} in {line.cases:,} of {summary.undetermined:,}")
        decided = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    with cases.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(decided)
    return rows, decided


def share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({part / whole:.1%})" if whole else f"{part} of 0"


def listings(book: Rulebook, data: Path) -> None:
    print("\n## Tiki listings")
    rows, decided = screened(book, data / "tiki-listings" / "listings.csv", "tiki.yaml")
    print("actions:", dict(Counter(case["action"] for case in decided)))
    named = [(r, d) for r, d in zip(rows, decided, strict=True) if "brand_papers" in d["unknown"]]
    own = sum(row["brand"].casefold() in row["title"].casefold() for row, _case in named)
    print(
        f"a brand is named and no papers are on file: {len(named)}; declared as that brand: {own}"
    )


def reviews(book: Rulebook, data: Path, show: int) -> None:
    for part in ("train", "dev"):
        print(f"\n## ViSpamReviews, {part}")
        path = data / "vispamreviews" / f"{part}.csv"
        rows, decided = screened(book, path, "vispamreviews.yaml")
        pairs = [
            (row["SpamLabel"], case["action"]) for row, case in zip(rows, decided, strict=True)
        ]
        table(pairs)
        if show:
            worst(rows, decided, show)


def table(pairs: Iterable[tuple[str, str]]) -> None:
    """Outcome by label, then precision and recall with their denominators."""
    count = Counter(pairs)
    actions = sorted({action for _label, action in count})
    print("| label | " + " | ".join(actions) + " |\n|---|" + "---|" * len(actions))
    for label, name in LABELS.items():
        print(f"| {name} | " + " | ".join(f"{count[label, action]:,}" for action in actions) + " |")
    spam = sum(n for (label, _action), n in count.items() if label != "0")
    flagged = sum(n for (_label, action), n in count.items() if action in FLAGGED)
    hit = sum(n for (label, action), n in count.items() if label != "0" and action in FLAGGED)
    asked = sum(n for (_label, action), n in count.items() if action == "manual_review")
    right = sum(
        n for (label, action), n in count.items() if label != "0" and action == "manual_review"
    )
    print("precision of what is flagged automatically:", share(hit, flagged))
    print("recall, automatic:", share(hit, spam))
    print("recall, automatic or put to a person:", share(hit + right, spam))
    print("spam among what is put to a person:", share(right, asked))


def worst(rows: list[dict[str, str]], decided: list[dict], show: int) -> None:
    """Spam that was kept (longest first) and honest reviews that were flagged, for reading."""
    both = list(zip(rows, decided, strict=True))
    missed = [row for row, case in both if row["SpamLabel"] != "0" and case["action"] == "allow"]
    missed.sort(key=lambda row: -len(row["Comment"]))
    wronged = [row for row, case in both if row["SpamLabel"] == "0" and case["action"] in FLAGGED]
    for name, found in (("missed", missed), ("wrongly flagged", wronged)):
        print(f"\n{name}: {len(found)}")
        for row in found[:show]:
            text = " ".join(row["Comment"].split())
            print(f"  [{LABELS[row['SpamLabel']]}] {text[:200]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument(
        "--show", type=int, default=0, help="print so many misses and wrongful hits"
    )
    given = parser.parse_args()
    set_language("en")
    print(machine.described())
    book = read(bundled_rulebook())
    print("rulebook", book.sha[:12])
    listings(book, given.data)
    reviews(book, given.data, given.show)


if __name__ == "__main__":
    main()
