"""The folder of the demonstration: whole, or not there; made in a folder aside and put in place."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from brightline.commands.verbs import Unusable
from brightline.i18n import _

DATABASE = "brightline.sqlite3"
_LEFT_OVER = 3600.0


@dataclass(frozen=True, slots=True)
class Made:
    """What a demonstration's folder holds: up to when (UTC, as ISO text), and counts by kind."""

    upto: str
    counts: dict[str, int]


def usual() -> Path:
    """Where the demonstration is kept unless told otherwise."""
    return Path.home() / ".brightline" / "demo"


def made_in(folder: Path) -> Made | None:
    """What the demonstration in a folder holds; None where it is not one, or not whole."""
    import json

    file = folder / DATABASE
    if not file.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)) as database:
            row = database.execute(
                "SELECT upto, counts FROM sample_filling WHERE finished_at IS NOT NULL"
            ).fetchone()
    except sqlite3.Error:
        return None
    return None if row is None else Made(str(row[0]), json.loads(row[1]))


def may_be_made_in(folder: Path) -> None:
    """Raises `Unusable` where a folder holds something that is not a demonstration."""
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() and made_in(folder) is None:
        raise Unusable(
            _("{path} is there and holds no demonstration; nothing in it was touched").format(
                path=folder
            ),
            _("name another folder with --home"),
            file=str(folder),
        )


@contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """A folder beside `folder` to make it in; at the end it takes its place.

    Where anything fails, or someone presses Ctrl+C, it goes away and the old one stays. Raises
    `Unusable` where it cannot be written.
    """
    prefix = f".{folder.name}-in-the-making-"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _clear_left_over(folder.parent, prefix)
        making = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
    except OSError as error:
        raise Unusable(
            _("{path} cannot be written: {error}").format(
                path=folder, error=error.strerror or str(error)
            ),
            _("name a folder that you may write to"),
            file=str(folder),
        ) from None
    try:
        yield making
        put_away(folder)
        os.replace(making, folder)  # noqa: PTH105 - Path.replace says the same
    finally:
        shutil.rmtree(making, ignore_errors=True)


def noticed() -> Callable[[], None]:
    """Ctrl+C is noticed even where it comes inside a call of another library that swallows it.

    What is given back raises `KeyboardInterrupt` if it was pressed since.
    """
    pressed = False
    usual_way = signal.getsignal(signal.SIGINT)

    def press(number: int, frame: FrameType | None) -> None:
        nonlocal pressed
        pressed = True
        if callable(usual_way):
            usual_way(number, frame)

    def check() -> None:
        if pressed:
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, press)
    return check


def put_away(folder: Path) -> None:
    """Delete a demonstration that another takes the place of."""
    if folder.exists():
        may_be_made_in(folder)
        shutil.rmtree(folder)


def _clear_left_over(parent: Path, prefix: str) -> None:
    """Delete what an earlier making left that was killed; not what one makes at this moment."""
    for left in parent.glob(f"{prefix}*"):
        if time.time() - left.stat().st_mtime > _LEFT_OVER:
            shutil.rmtree(left, ignore_errors=True)
