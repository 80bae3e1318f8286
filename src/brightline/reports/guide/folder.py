"""The folder a guideline is written to: whole or not at all, and never over somebody's files."""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

MARK = ".brightline-guide.json"
"""The file that tells a folder of ours."""


class Occupied(Exception):
    """The folder is there and was not made by us."""


@contextlib.contextmanager
def built(target: Path, about: Mapping[str, object]) -> Iterator[Path]:
    """A new folder beside `target` that takes its place when all went well.

    Raises `Occupied` where `target` holds files of others, `OSError` where it cannot be written.
    An older guideline stays as it was if anything fails.
    """
    if _taken(target):
        raise Occupied(target)
    target = target.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    temporary.mkdir()
    try:
        yield temporary
        (temporary / MARK).write_text(json.dumps(dict(about), indent=1) + "\n", encoding="utf-8")
        if _taken(target):
            raise Occupied(target)
        _put_in_place(temporary, target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _taken(target: Path) -> bool:
    """Whether something is there that is neither ours nor an empty folder."""
    if target.is_symlink() and not target.exists():
        return True
    if not target.exists():
        return False
    if not target.is_dir():
        return True
    return not (target / MARK).is_file() and any(target.iterdir())


def _put_in_place(temporary: Path, target: Path) -> None:
    if not target.exists():
        temporary.rename(target)
        return
    away = target.with_name(f".{target.name}.{secrets.token_hex(4)}.old")
    target.rename(away)
    try:
        temporary.rename(target)
    except OSError:
        away.rename(target)
        raise
    shutil.rmtree(away, ignore_errors=True)
