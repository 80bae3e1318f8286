"""How wide a text is in the font of the guideline, so that drawings wrap where readers see it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).parent.parent / "fonts"
SAFETY = 1.06
"""A browser without the font takes another, a little wider one."""


@lru_cache(maxsize=4)
def _widths(face: str) -> tuple[dict[int, float], float]:
    """The advance of every character in ems, and that of one the font does not have."""
    from fontTools.ttLib import TTFont

    with TTFont(FONTS / f"BeVietnamPro-{face}.ttf", lazy=True) as font:
        em = font["head"].unitsPerEm
        advances = font["hmtx"].metrics
        known = {code: advances[glyph][0] / em for code, glyph in font.getBestCmap().items()}
    return known, 1.0


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of a line of text at a font size, in the unit of that size."""
    known, other = _widths("SemiBold" if bold else "Regular")
    return sum(known.get(ord(char), other) for char in text) * size * SAFETY


def wrapped(text: str, room: float, size: float, bold: bool = False, most: int = 0) -> list[str]:
    """The lines of a text in so much room; a word that is too wide is cut.

    With `most`, so many lines at most: the last one then ends in `…`.
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        while width(word, size, bold) > room and len(word) > 1:
            cut = _fitting(word, room, size, bold)
            lines += [line, word[:cut]] if line else [word[:cut]]
            line, word = "", word[cut:]
            if most and len(lines) > most:
                break
        longer = f"{line} {word}" if line else word
        if line and width(longer, size, bold) > room:
            lines.append(line)
            line = word
        else:
            line = longer
        if most and len(lines) > most:
            break
    if line:
        lines.append(line)
    if most and len(lines) > most:
        last = lines[most - 1]
        while last and width(last + "…", size, bold) > room:
            last = last[:-1]
        lines = [*lines[: most - 1], last.rstrip() + "…"]
    return lines or [""]


def _fitting(word: str, room: float, size: float, bold: bool) -> int:
    """How many characters of a word fit, at least one."""
    at, used = 0, 0.0
    while at < len(word):
        used += width(word[at], size, bold)
        if used > room:
            break
        at += 1
    return max(1, at)
