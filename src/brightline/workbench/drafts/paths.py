"""The names that files of a rulebook may have, and how their texts come in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

HEAD, LAW = "rulebook.yaml", "law.yaml"
NAME = r"[A-Za-z][A-Za-z0-9_-]{0,79}"
_PATH = re.compile(
    rf"(?:rulebook\.yaml|law\.yaml|README\.md|sops/{NAME}\.yaml|lexicons/{NAME}\.csv"
    rf"|cases/{NAME}\.(?:jsonl|md)|lexicons/README\.md|sops/README\.md)\Z"
)
LARGEST = 8 * 1024 * 1024
"""Characters of one file."""


class NoSuchFile(ValueError):
    """No file of a rulebook has this name, or the draft has none of it."""


def checked(path: str) -> str:
    """The path. Raises `NoSuchFile` where no file of a rulebook is named so."""
    if not _PATH.match(path):
        raise NoSuchFile(path)
    return path


def clean(text: str, like: str = "") -> str:
    """A text as it is kept: no byte order mark, the line ends that `like` has.

    Raises `ValueError` where it is too long, or holds what no database keeps.
    """
    if len(text) > LARGEST or "\x00" in text:
        raise ValueError("this text is too long or holds a character that no file may")
    text = text.removeprefix("\ufeff")
    if "\r" in text and "\r" not in like:
        return text.replace("\r\n", "\n").replace("\r", "\n")
    if "\r\n" in like and "\r" not in text:
        return text.replace("\n", "\r\n")
    return text


def sop_of(path: str) -> str:
    """The SOP whose file this is; empty for other files."""
    return path[5:-5] if path.startswith("sops/") and path.endswith(".yaml") else ""


def folder_files(folder: Path) -> dict[str, str]:
    """Path → text of the files of a rulebook's folder, tables apart: they are data of a day.

    Line ends stay as they are; what is no UTF-8, or too large, is left out.
    """
    return dict(sorted(_read(folder)))


def _read(folder: Path) -> Iterator[tuple[str, str]]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if not _PATH.match(name) or not path.is_file() or path.stat().st_size > LARGEST:
            continue
        try:
            yield name, path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
