"""The files of a rulebook's folder, each read once and never past its limit."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from brightline.i18n import _, language
from brightline.rulebook.nodes import Document
from brightline.rulebook.reading import lexicons
from brightline.rulebook.reading.book import Book, Lexicon
from brightline.rulebook.reading.tables import read_tables
from brightline.rulebook.yaml_source import LARGEST_FILE, load

MOST_FILES = 2000
HEAD, LAW = "rulebook.yaml", "law.yaml"


class Shelf:
    """Files as last parsed: one that has not changed since is not parsed again."""

    def __init__(self) -> None:
        self._documents: dict[tuple[str, str], Document] = {}
        self._lexicons: dict[tuple[str, str], Lexicon] = {}
        self.models: dict[str, tuple[Hashable, Any]] = {}
        """Models made of faultless files, by the file's name, each with what it was made of."""

    def document(self, data: bytes, name: str, file: str) -> Document:
        """A YAML file parsed."""
        key, digest = (language(), file), sha256(data).digest()
        kept = self._documents.get(key)
        if kept is None or kept.digest != digest:
            kept = self._documents[key] = replace(load(data, name, file), digest=digest)
        return kept.copy()

    def lexicon(self, data: bytes, name: str, file: str) -> Lexicon:
        """A word list parsed."""
        key, digest = (language(), file), sha256(data).digest()
        kept = self._lexicons.get(key)
        if kept is None or kept.document.digest != digest:
            kept = self._lexicons[key] = lexicons.read_lexicon(data, name, file)
            kept.document.digest = digest
        return replace(kept, document=kept.document.copy())


def read_files(folder: Path, shelf: Shelf | None = None) -> Book:
    """The documents of a rulebook; problems of single files are in their documents."""
    shelf = shelf or Shelf()
    if folder.name == HEAD and folder.is_file():
        folder = folder.parent
    book = Book(Document(HEAD, str(folder / HEAD)), kept=shelf.models)
    if not folder.is_dir():
        book.head.file = str(folder)
        message = _("there is no folder here") if not folder.exists() else _("this is no folder")
        hint = _("give the folder that holds rulebook.yaml")
        book.head.report("BL-101", None, message, hint)
        return book
    book.head = _document(shelf, folder, HEAD)
    if (folder / LAW).exists():
        book.law = _document(shelf, folder, LAW)
    for name in _names(book, folder, "sops", ".yaml"):
        book.sops.append(_document(shelf, folder, name))
    for name in _names(book, folder, "lexicons", ".csv"):
        key = name.removeprefix("lexicons/").removesuffix(".csv")
        data = _bytes(folder / name, lexicons.LARGEST_FILE)
        file = str(folder / name)
        if isinstance(data, bytes):
            book.lexicons[key] = shelf.lexicon(data, name, file)
        else:
            document = Document(name, file)
            document.report("BL-101", None, data)
            book.lexicons[key] = Lexicon(document, whole=False)
    book.tables = read_tables(folder, _names(book, folder, "tables", ".csv"), _bytes)
    return book


def _document(shelf: Shelf, folder: Path, name: str) -> Document:
    data = _bytes(folder / name, LARGEST_FILE)
    if isinstance(data, bytes):
        return shelf.document(data, name, str(folder / name))
    document = Document(name, str(folder / name))
    document.report("BL-101", None, data)
    return document


def _names(book: Book, folder: Path, below: str, suffix: str) -> list[str]:
    """The files of a subfolder that count, by name; those that nearly count are reported."""
    place = folder / below
    if not place.is_dir():
        return []
    found = []
    for entry in sorted(path.name for path in place.iterdir()):
        if entry.startswith(".") or entry.endswith("~"):
            continue
        if entry.endswith(suffix):
            found.append(f"{below}/{entry}")
        elif entry.lower().endswith((".yml", ".yaml", ".csv", ".tsv")):
            stray = Document(f"{below}/{entry}", str(place / entry))
            message = _("this file is not read: its name does not end in {suffix}")
            stray.report("BL-101", None, message.format(suffix=suffix), _("rename the file"))
            book.head.problems.extend(stray.problems)
    if len(found) > MOST_FILES:
        message = _("{folder} holds more than {most} files").format(folder=below, most=MOST_FILES)
        book.head.report("BL-102", None, message, _("split the rulebook"))
        del found[MOST_FILES:]
    return found


def _bytes(path: Path, most: int) -> bytes | str:
    """What a file holds, cut just past its limit; or why it cannot be read."""
    try:
        if path.exists() and not path.is_file():  # a pipe would never end
            return _("this is no ordinary file")
        with path.open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError:
        return _("this file does not exist")
    except OSError as error:
        return _("this file cannot be opened: {reason}").format(reason=error.strerror)
