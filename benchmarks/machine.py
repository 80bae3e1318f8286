"""What a benchmark ran on, in one line."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def described(*packages: str) -> str:
    """Cores, Python and package versions."""
    found = []
    for package in ("numpy", "pyarrow", "python-sat", *packages):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} not installed")
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, " + ", ".join(found) + "\n"
    )


def share(part: int, whole: int) -> str:
    """A part of a whole: both numbers, and the percentage."""
    return f"{part} of {whole} ({part / whole:.0%})" if whole else "–"


DATA = "BRIGHTLINE_DATA"


def real_data() -> Path | None:
    """The folder with the real sets, which do not belong to this repository; says so if not set."""
    folder = os.environ.get(DATA)
    if folder is None:
        print(f"left out: {DATA} does not name a folder with the real sets")
        return None
    return Path(folder)
