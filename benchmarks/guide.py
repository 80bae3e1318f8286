"""How long a guideline takes: the website, and the PDFs beside it.

The Vietnam rulebook as it is, and grown to 26 SOPs by copies of its own. Every time is of a whole
`brightline guide`, in a process of its own, in Vietnamese and English.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from brightline.paths import bundled_rulebook
from machine import described

SOPS = 26


def grown(folder: Path) -> Path:
    """A rulebook of 26 SOPs: those of Vietnam, and copies of them under other names."""
    shutil.copytree(bundled_rulebook(), folder, ignore=shutil.ignore_patterns("cases"))
    files = sorted((folder / "sops").glob("*.yaml"))
    for number in range(SOPS - len(files)):
        file = files[number % len(files)]
        name = f"{file.stem}-{number}"
        text = file.read_text("utf-8").replace(f"sop: {file.stem}", f"sop: {name}", 1)
        (folder / "sops" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def seconds(rulebook: Path, out: Path, *options: str) -> tuple[float, str]:
    """How long a guideline took, and what was said of it."""
    command = [sys.executable, "-m", "brightline", "guide", str(rulebook), "-o", str(out)]
    began = time.perf_counter()
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=True)
    return time.perf_counter() - began, done.stdout


def main() -> None:
    print(described("weasyprint"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, rulebook in (
            ("Vietnam", bundled_rulebook()),
            (f"{SOPS} SOPs", grown(folder / "grown")),
        ):
            site, _said = seconds(rulebook, folder / "out", "--no-pdf")
            whole, said = seconds(rulebook, folder / "out")
            pages = [line.strip() for line in said.splitlines()[:-1]]
            print(f"{title}: website {site:.1f} s, with PDFs {whole:.1f} s")
            print("   ", " · ".join([pages[0].rpartition(" in ")[0], *pages[1:]]))


if __name__ == "__main__":
    main()
