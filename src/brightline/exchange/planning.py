"""What an import writes: the files that change, and how each came to be."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from brightline.exchange import yaml_text
from brightline.exchange.merging import merged
from brightline.exchange.written import Data, head_of, law_of, written
from brightline.rulebook.canonical import form
from brightline.rulebook.model import NO, YES, Rulebook, Sop, Term
from brightline.rulebook.nodes import nfc
from brightline.rulebook.reading.assembling import Head, LawFile
from brightline.rulebook.reading.shape import RULEBOOK_NUMBERS, SOP_NUMBERS, quietly
from brightline.rulebook.yaml_source import load

Fate = Literal["new", "changed", "same", "kept"]
"""`kept`: not in what was imported, left as it was."""


@dataclass(frozen=True)
class Change:
    """One file of the result. `lost`: comments of the older one that could not be kept."""

    name: str
    fate: Fate
    lost: tuple[str, ...] = ()


@dataclass
class Plan:
    """The files to write, by their names in the folder, and what is told of each."""

    files: dict[str, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    def add(self, name: str, text: str, fate: Fate, lost: Iterable[str] = ()) -> None:
        """A file to write."""
        self.files[name] = text
        self.changes.append(Change(name, fate, tuple(lost)))


def plan(new: Rulebook, base: Rulebook | None, folder: Path | None) -> Plan:
    """What makes the files of `base` (in `folder`) those of `new`.

    An SOP, list or law file of the base that `new` has not is kept as it is.
    """
    made = Plan()
    _part(made, "rulebook.yaml", Head, _head(new), _head(base), head_of(new), folder)
    if new.law:
        law = {"law": law_of(new)}
        _part(made, "law.yaml", LawFile, _law(new), _law(base), law, folder)
    elif base is not None and base.law:
        made.changes.append(Change("law.yaml", "kept"))
    olds = {sop.sop: sop for sop in base.sops} if base else {}
    for sop in new.sops:
        name = f"sops/{sop.sop}.yaml"
        _part(made, name, Sop, sop, olds.pop(sop.sop, None), written(sop), folder)
    made.changes += [Change(f"sops/{name}.yaml", "kept") for name in olds]
    _lexicons(made, new, base, folder)
    return made


def _head(book: Rulebook | None) -> BaseModel | None:
    if book is None:
        return None
    return Head.model_construct(**{name: getattr(book, name) for name in Head.model_fields})


def _law(book: Rulebook | None) -> BaseModel | None:
    if book is None or not book.law:
        return None
    values: Data = {"law": book.law}
    return LawFile.model_construct(**values)


def _part(
    made: Plan,
    name: str,
    model: type[BaseModel],
    new: BaseModel | None,
    old: BaseModel | None,
    data: Data,
    folder: Path | None,
) -> None:
    assert new is not None
    if old is not None and _told(old) == _told(new):
        made.changes.append(Change(name, "same"))
        return
    fresh = yaml_text.document(singles(data))
    if old is None or folder is None:
        made.add(name, fresh, "new")
        return
    before = (folder / name).read_text("utf-8")
    found = merged(before, singles(_data(old)), singles(data))
    if found is not None and _reads_as(found[0], name, model, new):
        made.add(name, found[0], "changed", found[1])
    else:
        lost = [line.strip() for line in before.splitlines() if line.lstrip().startswith("#")]
        made.add(name, fresh, "changed", lost)


def _data(part: BaseModel) -> Data:
    """The part as its file writes it."""
    if isinstance(part, LawFile):
        return {"law": {name: written(law) for name, law in part.law.items()}}  # type: ignore[attr-defined]
    return written(part)


def _told(part: BaseModel) -> str:
    return nfc(json.dumps(form(part), ensure_ascii=False))


def _reads_as(text: str, name: str, model: type[BaseModel], new: BaseModel) -> bool:
    document = load(text.encode(), name)
    numbers = SOP_NUMBERS if model is Sop else RULEBOOK_NUMBERS if model is Head else False
    if document.root is None or document.problems:
        return False
    read = quietly(document.root, model, numbers)
    return read is not None and _told(read) == _told(new)


ANY_OF = ("when", "scope", "from")


def singles(data: Any) -> Any:
    """The same with a list of one condition, or one signal, as the plain mapping."""
    if isinstance(data, list):
        return [singles(part) for part in data]
    if not isinstance(data, dict):
        return data
    found = {}
    for key, value in data.items():
        alone = key in ANY_OF and isinstance(value, list) and len(value) == 1
        found[key] = value[0] if alone and isinstance(value[0], dict) else singles(value)
    return found


def _lexicons(made: Plan, new: Rulebook, base: Rulebook | None, folder: Path | None) -> None:
    olds = dict(base.lexicons) if base else {}
    for name, terms in new.lexicons.items():
        file = f"lexicons/{name}.csv"
        before = olds.pop(name, None)
        if before == terms:
            made.changes.append(Change(file, "same"))
        else:
            kept = before is not None and folder is not None
            old = (folder / file).read_text("utf-8-sig") if folder is not None and kept else ""
            made.add(file, lexicon_text(terms, old), "changed" if kept else "new")
    made.changes += [Change(f"lexicons/{name}.csv", "kept") for name in olds]


COLUMNS = ("term", "kind", "note", "fold")


def lexicon_text(terms: Iterable[Term], before: str = "") -> str:
    """A word list as its file; a line that the file had `before` stays as it is written."""
    written = {_cells(line): line for line in before.splitlines()}
    rows = [COLUMNS, *((t.term, t.kind, t.note, YES if t.fold else NO) for t in terms)]
    known = written if COLUMNS in written else {}
    return "".join(f"{known.get(row) or _csv_line(row)}\n" for row in rows)


def _cells(line: str) -> tuple[str, ...]:
    """A line of a word list as its cells, `fold` written out."""
    cells = [cell.strip() for cell in next(csv.reader([line]), [])]
    term, kind, note, fold, *more = [*cells, *[""] * len(COLUMNS)][: max(4, len(cells))]
    return term, kind, note, fold or NO, *more


def _csv_line(row: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(row)
    return out.getvalue()
