"""What a benchmark ran on, in one line."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version


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
