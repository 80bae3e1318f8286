"""A rulebook as rows: for each sheet of its workbook the cells, by the keys of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from brightline.exchange import yaml_text
from brightline.exchange.written import Data, Files
from brightline.exchange.xlsx.sheets import WHEN, Sheet, clause_sheet
from brightline.rulebook.model import NO, YES, Term

Cell = str | int | float
Row = dict[str, Cell]


@dataclass
class Clauses:
    """The sheet of an SOP: which facts its columns test, and its rows."""

    sop: str
    name: str
    sheet: Sheet
    tests: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)


@dataclass
class Workbook:
    """All sheets of a workbook, and the languages that its texts have."""

    languages: tuple[str, ...]
    sheets: dict[str, list[Row]]
    sops: list[Clauses]


def workbook_of(files: Files) -> Workbook:
    """The rows that say what the files say."""
    book = Workbook((), {}, [])
    head = files.head
    names = _sheet_names(list(files.sops))
    add = book.sheets.setdefault
    book.sheets["rulebook"] = list(_settings(head))
    book.sheets["sops"] = [
        _row(sheet=names[name]) | flat(data, ("definitions", "facts", "impossible", "clauses",
                                             "examples", "accept"))
        for name, data in files.sops.items()
    ]  # fmt: skip
    owners: list[tuple[str, Data]] = [("", head), *files.sops.items()]
    for sop, data in owners:
        mine: Row = {"sop": sop} if sop else {}
        for name, fact in data.get("facts", {}).items():
            add("facts", []).append({**mine, "id": name} | flat(fact, ("options",)))
            above = {**mine, "fact": name}
            add("options", []).extend(_options(fact.get("options", {}), above, ""))
        for name, conditions in data.get("definitions", {}).items():
            for one in conditions:
                row = {**mine, "id": name, "condition": yaml_text.flow(one)}
                add("definitions", []).append(row)
        for one in data.get("impossible", []):
            add("impossible", []).append({**mine, "condition": yaml_text.flow(one)})
        add("examples", []).extend({**mine} | flat(one) for one in data.get("examples", []))
        add("accept", []).extend({**mine} | flat(one) for one in data.get("accept", []))
        for clause in data.get("clauses", []):
            for step in clause.get("then", []):
                add("then", []).append({**mine, "clause": clause["id"]} | flat(step))
    add("ladder", []).extend(flat(step) for step in head.get("ladder", {}).get("steps", []))
    for section in ("actions", "queues", "tables"):
        add(section, []).extend(
            _row(id=name) | flat(part) for name, part in head.get(section, {}).items()
        )
    for section in ("teams", "roles"):
        add(section, []).extend(
            _row(id=name) | _words(part) for name, part in head.get(section, {}).items()
        )
    add("law", []).extend(_row(id=name) | flat(part) for name, part in files.law.items())
    for name, subject in head["subjects"].items():
        add("subjects", []).append(_row(id=name) | flat(subject, ("attributes",)))
        for key, part in subject["attributes"].items():
            add("attributes", []).append({"subject": name, "id": key} | flat(part))
    add("lexicons", []).extend(_terms(files.lexicons))
    book.sops = [_clauses(name, names[name], data) for name, data in files.sops.items()]
    book.languages = tuple(dict.fromkeys([*head["languages"], *_codes(book)]))
    return book


def _row(**cells: Cell) -> Row:
    return cells


def _words(text: Data) -> Row:
    """A text that stands alone, its languages as cells."""
    return {f"text.{code}": words for code, words in text.items()}


def _codes(book: Workbook) -> Iterator[str]:
    """The languages that texts have, from the keys of their cells: `title.vi`."""
    rows = [*book.sheets.values(), *(clauses.rows for clauses in book.sops)]
    for key in dict.fromkeys(key for some in rows for row in some for key in row):
        outer, _dot, code = key.partition(".")
        if code and outer in TEXTS:
            yield code


def flat(data: Data, without: Sequence[str] = ()) -> Row:
    """One part of a rulebook as a row. What is nested is in the notation of the files."""
    row: Row = {}
    for key, value in data.items():
        if key in without or key == "then":
            continue
        if key in TEXTS and isinstance(value, dict):
            row |= {f"{key}.{code}": words for code, words in value.items()}
        elif key in ("basis", "was"):
            row[key] = ", ".join(value)
        elif key == "from" and isinstance(value, list):
            row[key] = "\n".join(f"- {yaml_text.flow(one)}" for one in value)
        elif isinstance(value, list) and key == "scope":
            row[key] = yaml_text.flow(value[0] if len(value) == 1 else value)
        elif isinstance(value, (dict, list)):
            row[key] = yaml_text.flow(value)
        else:
            row[key] = value
    return row


TEXTS = frozenset({
    "title", "purpose", "ask", "guidance", "notice", "note", "text", "do", "reason", "cite",
})  # fmt: skip


def _settings(head: Data) -> Iterator[Row]:
    for key in ("rulebook", "title", "market", "languages", "currency", "ladder"):
        if key == "languages":
            yield {"key": key, "value": ", ".join(head[key])}
        elif key == "ladder":
            for name, value in flat(head.get("ladder", {}), ("steps",)).items():
                yield {"key": f"ladder.{name}", "value": value}
        elif isinstance(head.get(key), dict):
            for code, words in head[key].items():
                yield {"key": f"{key}.{code}", "value": words}
        elif key in head:
            yield {"key": key, "value": head[key]}


def _options(options: Data, above: Row, under: str) -> Iterator[Row]:
    for name, option in options.items():
        row = {**above, "id": name} | ({"under": under} if under else {})
        words = {k: v for k, v in option.items() if k not in ("options", "was")}
        yield row | _words(words) | ({"was": ", ".join(option["was"])} if "was" in option else {})
        yield from _options(option.get("options", {}), above, name)


def _terms(lexicons: dict[str, tuple[Term, ...]]) -> Iterator[Row]:
    for name, terms in lexicons.items():
        if not terms:
            yield {"list": name}
        for term in terms:
            row: Row = {"list": name, "term": term.term, "kind": term.kind}
            if term.note:
                row["note"] = term.note
            yield row | {"fold": YES if term.fold else NO}


def _clauses(sop: str, name: str, data: Data) -> Clauses:
    conditions = [one for clause in data["clauses"] for one in clause.get("when", [])]
    tests = _column_order(conditions, list(data.get("facts", {})))
    strange = [one for one in conditions if list(one) != [t for t in tests if t in one]]
    made = Clauses(sop, name, clause_sheet(tests, bool(strange)), tests)
    for clause in data["clauses"]:
        row = flat(clause, ("when",))
        for number, one in enumerate(clause.get("when", []) or [{}]):
            cells = {WHEN + fact: _test(test) for fact, test in one.items()}
            if one in strange and list(one) != [t for t in tests if t in one]:
                cells["order"] = ", ".join(one)
            made.rows.append((row if not number else {}) | cells)
    return made


def _test(test: Any) -> Cell:
    """A unary test as a cell: as in the files, but without quotes where none are needed."""
    if isinstance(test, str) and yaml_text.scalar(test) == json_quoted(test) and _bare(test):
        return test
    if isinstance(test, (int, float)):
        return test
    return yaml_text.flow(test)


def json_quoted(text: str) -> str:
    """The text in the quotes that `yaml_text` gives it."""
    return f'"{text}"'


def _bare(test: str) -> bool:
    """Whether a comparison or range may stand without quotes in a cell: `< 0.3`, `(0..1]`."""
    return test[:1] in "<>=" or (".." in test and test[:1] in "[(]0123456789-+")


def _column_order(conditions: Sequence[Data], facts: list[str]) -> tuple[str, ...]:
    """The names that conditions test, each before those it comes before wherever it can be."""
    names = dict.fromkeys(name for one in conditions for name in one)
    rank = {name: n for n, name in enumerate(["is", "is_not", *facts])}
    left = sorted(names, key=lambda name: rank.get(name, len(rank)))
    after: dict[str, set[str]] = {name: set() for name in left}
    for one in conditions:
        before: list[str] = []
        for name in one:
            after[name].update(before)
            before.append(name)
    found: list[str] = []
    while left:
        chosen = next((n for n in left if not after[n] & set(left)), left[0])
        left.remove(chosen)
        found.append(chosen)
    return tuple(found)


def _sheet_names(sops: list[str]) -> dict[str, str]:
    """For each SOP the name of its sheet: Excel allows 31 characters and no two alike."""
    taken = {name.lower() for sheet in _standard() for name in (sheet.en, sheet.vi)}
    found = {}
    for sop in sops:
        name, number = sop[:31], 2
        while name.lower() in taken:
            name, number = f"{sop[: 30 - len(str(number))]}-{number}", number + 1
        taken.add(name.lower())
        found[sop] = name
    return found


def _standard() -> Iterator[Sheet]:
    from brightline.exchange.xlsx.sheets import HOW_TO, SHEETS

    yield from (*SHEETS, HOW_TO)
