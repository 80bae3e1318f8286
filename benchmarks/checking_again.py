"""`check` again after an edit of one SOP of a rulebook of 20, in the same process.

Run: `python benchmarks/checking_again.py`. The rulebook is Vietnam's, its listing SOPs copied under
new names until there are 20; golden cases are left out. Beside it: a check that starts anew.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from brightline.paths import bundled_rulebook
from brightline.rulebook.laws import LAWS, Checker, check
from brightline.signals.checking import LAWS as SIGNALS
from machine import described

TODAY = date(2026, 11, 23)
SOPS = 20


def rulebook_of_twenty(folder: Path) -> Path:
    """A folder with 20 SOPs."""
    shutil.copytree(bundled_rulebook(), folder)
    shutil.rmtree(folder / "cases")
    originals = sorted((folder / "sops").glob("*.yaml"))
    for number in range(SOPS - len(originals)):
        source = originals[number % len(originals)]
        name = f"{source.stem}-{number}"
        text = source.read_text("utf-8").replace(f"sop: {source.stem}\n", f"sop: {name}\n", 1)
        (folder / "sops" / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def main() -> None:
    print(described())
    with tempfile.TemporaryDirectory() as away:
        folder = rulebook_of_twenty(Path(away) / "twenty")
        path = folder / "sops" / "e-cigarettes.yaml"
        text = path.read_text("utf-8")
        checker = Checker(folder, LAWS + SIGNALS)
        start = time.perf_counter()
        found = checker.check(TODAY)
        first = (time.perf_counter() - start) * 1000
        assert found.rulebook is not None and len(found.rulebook.sops) == SOPS
        again, anew = [], []
        for number in range(15):
            path.write_text(text.replace("points: 12", f"points: {13 + number}", 1), "utf-8")
            start = time.perf_counter()
            found = checker.check(TODAY)
            again.append((time.perf_counter() - start) * 1000)
            start = time.perf_counter()
            assert check(folder, TODAY, SIGNALS) == found
            anew.append((time.perf_counter() - start) * 1000)
    print("| 20 SOPs | ms |\n|---|---|")
    print(f"| first check | {first:.0f} |")
    print(f"| after an edit, median | {statistics.median(again):.0f} |")
    print(f"| after an edit, slowest of 15 | {max(again):.0f} |")
    print(f"| a check that starts anew, median | {statistics.median(anew):.0f} |")


if __name__ == "__main__":
    main()
