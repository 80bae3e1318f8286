"""The folder of an imported rulebook: written whole or not at all."""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path


class Occupied(Exception):
    """The folder to write to holds files already."""


def put(files: Mapping[str, str], target: Path, base: Path | None) -> None:
    """Writes the files to a folder: over `base` where it is the same, else to a new one.

    Whatever else `base` holds goes along (golden cases, tables). Raises `Occupied` where another
    folder holds files, `OSError` where it cannot be written; then nothing has changed.
    """
    if base is not None and target.exists() and target.resolve() == base.resolve():
        _over(files, target)
        return
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise Occupied(target)
    target = target.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        if base is None:
            temporary.mkdir()
        else:
            hidden = shutil.ignore_patterns(".*")
            shutil.copytree(base, temporary, ignore=hidden, symlinks=True)
        for name, text in files.items():
            path = temporary / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        if target.exists():
            target.rmdir()
        temporary.rename(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _over(files: Mapping[str, str], folder: Path) -> None:
    """Every file is written beside its place first; only then does each take it."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
            waiting.append((beside, path))
            beside.write_text(text, encoding="utf-8", newline="\n")
        for beside, path in waiting:
            beside.replace(path)
    finally:
        for beside, _path in waiting:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
