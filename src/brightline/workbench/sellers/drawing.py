"""The course of a seller's points as a picture: lines with attributes only, no script, no style."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from brightline.workbench.sellers.history import History

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 170, 34, 8, 12, 24


@dataclass(frozen=True, slots=True)
class Drawing:
    """Places in a box of WIDTH × HEIGHT: the line, the rungs (y, points) and the ends in time."""

    line: str
    rungs: tuple[tuple[float, int], ...]
    base: float
    start: datetime
    end: datetime
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def drawn(history: History) -> Drawing | None:
    """The picture of a history; None where there is nothing to draw."""
    course = history.course()
    if not course or history.inforce is None:
        return None
    start, end = course[0][0], history.now
    seconds = max(1.0, (end - start).total_seconds())
    rungs = [step.at for step in history.inforce.ladder.steps]
    most = max(points for _at, points in course)
    top = min((rung for rung in rungs if rung >= most), default=max([most, *rungs]))

    def x(at: datetime) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (at - start).total_seconds() / seconds

    def y(points: int) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * points / max(1, top)

    path = [f"M{LEFT} {y(0):.1f}"]
    for at, points in course:
        path += [f"H{x(at):.1f}", f"V{y(points):.1f}"]
    path.append(f"H{x(end):.1f}")
    shown = tuple((round(y(rung), 1), rung) for rung in rungs if rung <= top)
    return Drawing(" ".join(path), shown, y(0), start, end)
