"""A draft's files laid out in a folder of this process, and checked again after each change.

Only what changed is parsed, lint and proved again (`laws.Checker`); a few drafts are kept at a
time. The folder is a copy: the database holds the draft.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import threading
import weakref
from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from brightline.i18n import language
from brightline.rulebook.laws import LAWS, Findings
from brightline.rulebook.laws.checker import Checker
from brightline.rulebook.model import Rulebook
from brightline.rulebook.problems import UnusableRulebook
from brightline.rulebook.reading import Shelf, read_with_sources
from brightline.signals.checking import LAWS as SIGNAL_LAWS
from brightline.workbench.drafts.models import Draft
from brightline.workbench.drafts.texts import digest_of, texts_of

MOST = 6
_kept: OrderedDict[int, Workspace] = OrderedDict()
_lock = threading.Lock()


class Workspace:
    """The folder of one draft. Safe for several threads: they take turns."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="brightline-draft-"))
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self.lock = threading.RLock()
        self._files: dict[str, str] = {}
        self._checker = Checker(self.folder, LAWS + SIGNAL_LAWS, unfinished=True)
        self._shelf = Shelf()
        self._found: dict[tuple[str, date, str], Findings] = {}
        self._books: OrderedDict[str, Rulebook] = OrderedDict()

    def lay_out(self, files: Mapping[str, str], texts: Mapping[str, str] | None = None) -> None:
        """Make the folder hold these files (path → digest); `texts` gives those not yet kept."""
        wanted = {p: d for p, d in files.items() if self._files.get(p) != d}
        given = texts or {}
        found = texts_of({p: d for p, d in wanted.items() if p not in given})
        for path in wanted:
            place = self.folder / path
            place.parent.mkdir(exist_ok=True)
            place.write_bytes((given[path] if path in given else found[path]).encode())
        for path in self._files.keys() - files.keys():
            (self.folder / path).unlink(missing_ok=True)
        self._files = dict(files)

    @property
    def state(self) -> str:
        """A name for what the folder holds."""
        said = json.dumps(sorted(self._files.items()))
        return hashlib.sha256(said.encode()).hexdigest()

    def rulebook(self) -> Rulebook:
        """The rulebook as it is laid out. Raises `UnusableRulebook`."""
        with self.lock:
            book = self._books.get(state := self.state)
            if book is None:
                book, _sources, problems = read_with_sources(self.folder, self._shelf)
                if book is None:
                    raise UnusableRulebook(problems)
                self._remember(state, book)
            return book

    def check(self, today: date) -> Findings:
        """What is found as it is laid out, in the language in force.

        Proofs are made also while texts are missing in a language; those are errors then.
        """
        with self.lock:
            key = (self.state, today, language())
            found = self._found.get(key)
            if found is None:
                if len(self._found) > 8:
                    self._found.clear()
                found = self._found[key] = self._checker.check(today)
                errors = any(one.severity == "error" for one in found.problems)
                if found.rulebook is not None and not errors:
                    self._remember(key[0], found.rulebook)
            return found

    def _remember(self, state: str, book: Rulebook) -> None:
        self._books[state] = book
        while len(self._books) > 4:
            self._books.popitem(last=False)


def workspace(draft: Draft) -> Workspace:
    """The workspace of a draft, laid out as the draft stands."""
    space = _of(draft.pk)
    with space.lock:
        space.lay_out(draft.files)
    return space


def trying(draft: Draft, path: str, text: str) -> Workspace:
    """The same with the text of one file as it is being typed. Hold its lock while using it."""
    space = _of(draft.pk)
    with space.lock:
        space.lay_out({**draft.files, path: digest_of(text)}, {path: text})
    return space


def _of(pk: int) -> Workspace:
    with _lock:
        space = _kept.pop(pk, None) or Workspace()
        _kept[pk] = space
        while len(_kept) > MOST:
            _kept.popitem(last=False)
        return space


def forget() -> None:
    """Drop every workspace: between tests."""
    with _lock:
        _kept.clear()
