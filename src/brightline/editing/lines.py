"""Three-way merge by line (diff3, Khanna, Kunal and Pierce 2007), for what is no YAML."""

from __future__ import annotations

from difflib import SequenceMatcher


def merged_lines(base: str, mine: str, theirs: str) -> str | None:
    """Both changes in one text; None where they touch the same lines, or lines side by side."""
    ours, own = base.splitlines(keepends=True), mine.splitlines(keepends=True)
    other = theirs.splitlines(keepends=True)
    changes = sorted(
        [*_changes(ours, own), *_changes(ours, other)], key=lambda one: (one[0], one[1])
    )
    made: list[str] = []
    at = 0
    last: tuple[int, int, list[str]] | None = None
    for start, stop, lines in changes:
        if last is not None and (start, stop, lines) == last:
            continue  # both did the same
        if last is not None and (start < last[1] or start == last[0] or start == last[1]):
            return None
        made += ours[at:start] + lines
        at, last = stop, (start, stop, lines)
    return "".join(made + ours[at:])


def _changes(old: list[str], new: list[str]) -> list[tuple[int, int, list[str]]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [(a, b, new[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
