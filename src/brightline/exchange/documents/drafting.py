"""A document as a first draft of an SOP: a start, with all that was not understood marked.

Nothing is made up. A row of a table or an item of a list becomes a clause; its words become a
question to the moderator, answered with yes or no, that the clause rests on. What the document does
not say in words that are known (the action, the points, the law) is marked with a comment `# ?`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from brightline.exchange import yaml_text
from brightline.exchange.documents.blocks import Block, Grid, Paragraph
from brightline.i18n import _
from brightline.rulebook.model import Rulebook

MOST_CLAUSES = 60
_HEADS = {
    "action": ("xu ly", "hinh thuc", "bien phap", "che tai", "action", "penalty", "outcome"),
    "points": ("diem", "points", "score"),
    "basis": ("can cu", "phap ly", "basis", "law", "legal"),
    "example": ("vi du", "example"),
    "text": ("hanh vi", "vi pham", "noi dung", "quy dinh", "dau hieu", "mo ta", "violation",
             "description", "rule", "behaviour", "behavior"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that was not understood, at which clause (empty: the SOP), and in whose words."""

    clause: str
    message: str
    said: str = ""


@dataclass
class Drafted:
    """The text of the SOP's file, and what is left to a person."""

    sop: str
    text: str
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a row or an item says, as far as it could be told apart."""

    text: str
    action: str = ""
    points: str = ""
    basis: str = ""
    example: str = ""
    rest: tuple[str, ...] = ()


def drafted(
    blocks: Sequence[Block], book: Rulebook, title: str, language: str, today: date
) -> Drafted:
    """The draft. `language` is that of the document; texts in the others are left to write."""
    return _Maker(book, language, today).made(blocks, title)


def folded(text: str) -> str:
    """Lower case without accents, for comparing words."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


class _Maker:
    def __init__(self, book: Rulebook, language: str, today: date) -> None:
        self.book, self.language, self.today = book, language, today
        self.doubts: list[Doubt] = []
        faults = [n for n, a in book.actions.items() if a.violation]
        people = [n for n, a in book.actions.items() if a.person]
        self.unsure = (people or [book.default_action])[0]
        self.fault = min(faults, key=lambda n: book.actions[n].severity, default=self.unsure)

    def made(self, blocks: Sequence[Block], title: str) -> Drafted:
        heading = next((b.text for b in blocks if isinstance(b, Paragraph) and b.level), "")
        title = (title or heading or _("New SOP"))[:200]
        sop, prefix = self._id(title), self._prefix(title)
        rules, intro = self._rules(blocks)
        if len(rules) > MOST_CLAUSES:
            self.doubts.append(Doubt("", _("only the first {n} rules were taken over").format(
                n=MOST_CLAUSES)))  # fmt: skip
        clauses, facts, examples = [], {}, []
        for number, rule in enumerate(rules[:MOST_CLAUSES], 1):
            clause, fact = self._clause(rule, f"{prefix}-{number}", f"rule_{number}")
            clauses.append(clause)
            facts[f"rule_{number}"] = fact
            if rule.example:
                examples.append({
                    "id": f"ex-{number}", "facts": {f"rule_{number}": "yes"},
                    "expect": clause["id"],
                    "text": {self.language: rule.example[:2000]},
                })  # fmt: skip
        clauses.append({
            "id": f"{prefix}-{len(clauses) + 1}", "title": {"vi": "Khác", "en": "Anything else"},
            "otherwise": "yes", "action": self.book.default_action,
        })  # fmt: skip
        if not rules:
            self.doubts.append(Doubt("", _("no rules were found: no table, no list")))
        data: dict[str, Any] = {
            "sop": sop, "title": {self.language: title}, "subject": next(iter(self.book.subjects)),
            "owner": next(iter(self.book.teams), "team"),
            "review_by": self.today.replace(day=1, year=self.today.year + 1).isoformat(),
            "purpose": {self.language: intro[:5000] or title}, "facts": facts, "clauses": clauses,
            "cannot_tell": self.unsure, **({"examples": examples} if examples else {}),
        }  # fmt: skip
        if not facts:
            del data["facts"]
        return Drafted(sop, self._commented(yaml_text.document(data)), self.doubts)

    def _clause(self, rule: _Rule, name: str, fact: str) -> tuple[dict[str, Any], dict[str, Any]]:
        first = re.split(r"(?<=[.;:!?])\s", rule.text, maxsplit=1)[0]
        action = self._action(rule.action or rule.text)
        if action is None:
            action = self.unsure
            self.doubts.append(Doubt(name, _("what is done about it"), rule.action or rule.text))
        clause: dict[str, Any] = {
            "id": name, "title": {self.language: _cut(first, 120)}, "when": {fact: "yes"},
            "action": action,
        }  # fmt: skip
        points = re.search(r"\d{1,3}", rule.points)
        if points and self.book.actions[action].violation:
            clause["points"] = int(points[0])
        elif rule.points:
            self.doubts.append(Doubt(name, _("points"), rule.points))
        basis = self._basis(rule.basis)
        if rule.basis and not basis:
            self.doubts.append(Doubt(name, _("what it rests on"), rule.basis))
        if self.book.actions[action].violation:
            clause["basis"] = basis or ["policy"]
        if len(rule.text) > 120:
            clause["note"] = {self.language: rule.text[:5000]}
        for said in rule.rest:
            self.doubts.append(Doubt(name, _("another column"), said))
        return clause, {
            "kind": "yes_no", "title": {self.language: _cut(first, 60)},
            "ask": {self.language: _cut(_("Does this hold: {text}?").format(text=first), 300)},
        }  # fmt: skip

    def _action(self, text: str) -> str | None:
        """The action whose words the text has; the longest where several do."""
        said = f" {' '.join(re.findall(r'[a-z0-9]+', folded(text)))} "
        best: tuple[int, str] | None = None
        for name, action in self.book.actions.items():
            for words in action.title.values():
                plain = " ".join(re.findall(r"[a-z0-9]+", folded(words)))
                if plain and f" {plain} " in said and (best is None or len(plain) > best[0]):
                    best = (len(plain), name)
        return best[1] if best else None

    def _basis(self, text: str) -> list[str]:
        said = folded(text)
        return [
            name for name, law in self.book.law.items()
            if any(folded(words) in said for words in law.cite.values())
        ] if said else []  # fmt: skip

    def _rules(self, blocks: Sequence[Block]) -> tuple[list[_Rule], str]:
        rules: list[_Rule] = []
        intro: list[str] = []
        for block in blocks:
            if isinstance(block, Grid):
                rules += self._of_grid(block)
            elif block.level:
                continue
            elif block.item:
                rules.append(_Rule(block.text))
            elif not rules:
                intro.append(block.text)
            else:
                self.doubts.append(Doubt("", _("a paragraph between the rules"), block.text))
        return rules, "\n\n".join(intro)

    def _of_grid(self, grid: Grid) -> Iterator[_Rule]:
        heads = [folded(cell) for cell in grid.rows[0]]
        of = {kind: _column(heads, words) for kind, words in _HEADS.items()}
        named = {at for at in of.values() if at is not None}
        rows = grid.rows[1:] if named else grid.rows
        at = of["text"]
        if at is None:
            free = [n for n in range(len(heads)) if n not in named]
            at = max(free, key=lambda n: sum(len(_at(row, n)) for row in rows), default=0)
        for row in rows:
            text = _at(row, at)
            if not text:
                continue
            rest = tuple(
                f"{grid.rows[0][n]}: {cell}" for n, cell in enumerate(row)
                if named and cell and n != at and n not in named and not cell.isdigit()
            )  # fmt: skip
            known = {kind: _at(row, of[kind]) for kind in ("action", "points", "basis", "example")}
            yield _Rule(text, rest=rest, **known)

    def _id(self, title: str) -> str:
        stem = "-".join(re.findall(r"[a-z0-9]+", folded(title)))[:50].strip("-")
        stem = stem if re.match(r"[a-z]", stem) else f"sop-{stem}".rstrip("-")
        taken, name, number = {one.sop for one in self.book.sops}, stem, 2
        while name in taken:
            name, number = f"{stem}-{number}", number + 1
        return name

    def _prefix(self, title: str) -> str:
        letters = "".join(word[0] for word in re.findall(r"[a-z]+", folded(title)))[:4].upper()
        return letters if len(letters) > 1 else "N"

    def _commented(self, text: str) -> str:
        """The file with a comment `# ?` above whatever was not understood."""
        lines = text.splitlines(keepends=True)
        for doubt in reversed(self.doubts):
            said = (
                " ".join(f"{doubt.message}: {doubt.said}".split()) if doubt.said else doubt.message
            )
            mark = f"# ? {_cut(said, 300)}\n"
            at = next(
                (n for n, line in enumerate(lines) if line == f"  - id: {doubt.clause}\n"), None
            )
            if doubt.clause and at is not None:
                lines.insert(at, f"  {mark}")
            else:
                lines.insert(0, mark)
        return "".join(lines)


def _column(heads: Iterable[str], words: Iterable[str]) -> int | None:
    return next((n for n, head in enumerate(heads) if any(word in head for word in words)), None)


def _at(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
