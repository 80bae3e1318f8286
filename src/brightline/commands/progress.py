"""How far a long work is, on the error stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from brightline.i18n import _, format_number


@contextmanager
def progress_bar(wanted: bool, doing: str) -> Iterator[Callable[[Any], None] | None]:
    """A bar on the error stream, where that is a terminal; else None.

    It is moved by what has `rows` and `share` (0 to 1). `doing` says what is done until then.
    """
    from rich.console import Console

    console = Console(stderr=True)
    if not (wanted and console.is_terminal):
        yield None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(doing, total=1.0)

        def moved(progress: Any) -> None:
            rows = _("{n} cases").format(n=format_number(progress.rows))
            bar.update(task, completed=progress.share, description=rows)

        yield moved
