"""DMN that we wrote, and that another tool may have edited since, back to a rulebook.

What the tables say comes from the tables: which clauses there are, under which tests, with what
action and points. Where the tests of a clause still mean what its own words say, the words stay.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from brightline.exchange import yaml_text
from brightline.exchange.dmn import feel
from brightline.exchange.dmn.edits import HITS, check_priorities, edited
from brightline.exchange.dmn.own_parts import OwnClause, OwnSop, write_when
from brightline.exchange.dmn.writing import OURS
from brightline.exchange.dmn.xml_tree import Element
from brightline.exchange.faults import DMN_FILE, DMN_PART, Faults, Unreadable
from brightline.exchange.gathering import Gathered
from brightline.exchange.nodes import Place, put, shifted
from brightline.i18n import _
from brightline.rulebook.model import IDENTIFIER, Rulebook
from brightline.rulebook.nodes import Document, Mapping, Node, shortened
from brightline.rulebook.reading.lexicons import read_lexicon
from brightline.rulebook.yaml_source import load

KNOWN = frozenset({"description", "extensionElements", "inputData", "decision", "itemDefinition",
               "artifact", "textAnnotation", "association", "DMNDI"})  # fmt: skip


def is_ours(root: Element) -> bool:
    """Whether a DMN file carries a rulebook of ours."""
    return any(_file_named(root, "rulebook.yaml"))


def _ours(element: Element, name: str) -> list[Element]:
    return [
        one
        for part in element.all("extensionElements")
        for one in part.children
        if one.space == OURS and one.name == name
    ]


def _file_named(root: Element, name: str) -> list[Element]:
    return [one for one in _ours(root, "file") if one.get("name") == name]


def from_own(root: Element, path: Path) -> Rulebook:
    """The rulebook. Raises `Unreadable` with all that is wrong."""
    reader = _Reader(str(path))
    gathered = reader.gathered(root)
    reader.faults.stop_if_any()
    book, problems = gathered.rulebook()
    if book is None:
        raise Unreadable(problems)
    if edited(book, reader.sops, reader.faults):
        reader.faults.stop_if_any()
        book, problems = gathered.rulebook()
        if book is None:
            raise Unreadable(problems)
    check_priorities(book, reader.sops, reader.faults)
    reader.faults.stop_if_any()
    return book


class _Reader:
    def __init__(self, file: str) -> None:
        self.file, self.faults = file, Faults(file)
        self.sops: dict[str, OwnSop] = {}

    def gathered(self, root: Element) -> Gathered:
        """All parts of the file as nodes."""
        head = self._yaml(_file_named(root, "rulebook.yaml")[0])
        made = Gathered(self.file, head)
        for one in _file_named(root, "law.yaml"):
            law = self._yaml(one).entries.get("law")
            made.law = law if isinstance(law, Mapping) else None
        for one in _ours(root, "file"):
            name = one.get("name").removeprefix("lexicons/").removesuffix(".csv")
            if one.get("name").startswith("lexicons/") and not re.match(IDENTIFIER, name):
                self._refuse(one, _("{name} is no id").format(name=shortened(name)))
            elif one.get("name") == f"lexicons/{name}.csv":
                lexicon = read_lexicon(one.text.encode(), f"lexicons/{name}.csv", self.file)
                shift = one.text_line - 1
                lexicon.document.problems[:] = [
                    replace(p, line=p.line + shift) for p in lexicon.document.problems
                ]
                made.lexicons[name] = lexicon
        for decision in root.all("decision"):
            self._decision(decision)
        for other in root.children:
            if other.space == root.space and other.name not in KNOWN:
                self._refuse(other, _("{name} has no place in a rulebook").format(name=other.name))
        made.sops = {name: sop.node for name, sop in self.sops.items()}
        return made

    def _refuse(self, at: Element, message: str, hint: str | None = None) -> None:
        self.faults.line(DMN_PART, at.line, message, hint)

    def _yaml(self, element: Element) -> Mapping:
        """The mapping in an element of ours, its lines those of the file."""
        document: Document = load(element.text.encode(), element.get("name"), self.file)
        node: Node | None = document.root
        shift = max(0, element.text_line - 1)
        for problem in document.problems:
            self.faults.line(DMN_FILE, problem.line + shift, problem.message, problem.hint)
        if isinstance(node, Mapping):
            return shifted(node, shift) if shift else node  # type: ignore[return-value]
        return Place(element.line).mapping()

    def _decision(self, decision: Element) -> None:
        parts, tables = _ours(decision, "sop"), decision.all("decisionTable")
        if not parts or not tables:
            what = decision.get("name") or decision.get("id")
            self._refuse(
                decision,
                _("the decision {name} is no SOP of this rulebook").format(name=shortened(what)),
                _("import a file of its own with --into, as a draft"),
            )
            return
        node, table = self._yaml(parts[0]), tables[0]
        name = getattr(node.entries.get("sop"), "text", "") or decision.get("name")
        if table.get("hitPolicy") not in HITS or table.get("aggregation"):
            message = _("table {name}: the hit policy {policy} has no place in a rulebook")
            self._refuse(table, message.format(name=name, policy=table.get("hitPolicy")),
                         _("use FIRST, PRIORITY or UNIQUE"))  # fmt: skip
            return
        if name in self.sops:
            self._refuse(decision, _("{name} stands here twice").format(name=shortened(name)))
            return
        facts = [self._fact_of(one, name) for one in table.all("input")]
        order = parts[0].get("clauses").split()
        sop = OwnSop(node, table, facts, {}, order)
        self.sops[name] = sop
        for rule in table.all("rule"):
            self._rule(sop, rule, name)
        for clause, part in sop.clauses.items():
            if not part.written:
                write_when(sop, clause, name, self.faults)
        for idle in _ours(decision, "clause"):
            whole = self._yaml(idle)
            text = getattr(whole.entries.get("id"), "text", "")
            if text and text not in sop.clauses:
                sop.clauses[text] = OwnClause(whole, idle.line, written=True)
        self._put_clauses(sop)

    def _fact_of(self, column: Element, sop: str) -> str:
        named = _ours(column, "fact")
        if named:
            return named[0].text.strip()
        expression = column.first("inputExpression")
        text = expression.first("text") if expression is not None else None
        word = text.text.strip() if text is not None else ""
        message = _("table {name}: the input {input} is no fact of this SOP")
        self._refuse(column, message.format(name=sop, input=shortened(word)),
                     _("add the fact to the SOP, export again and use its column"))  # fmt: skip
        return word

    def _rule(self, sop: OwnSop, rule: Element, name: str) -> None:
        number = sop.table.all("rule").index(rule) + 1
        inputs, outputs = rule.all("inputEntry"), rule.all("outputEntry")
        if len(inputs) != len(sop.facts) or len(outputs) != len(sop.table.all("output")):
            message = _(
                "table {name}, rule {number}: it has other cells than the table has columns"
            )
            self._refuse(rule, message.format(name=name, number=number))
            return
        said: dict[str, feel.Literal] = {}
        for column, entry in zip(sop.table.all("output"), outputs, strict=True):
            value = self._output(entry, name, number)
            if column.get("name") in ("clause", "action", "points") and value is not None:
                said[column.get("name")] = value
            elif value is not None:
                message = _("table {name}: the output {output} has no place in a rulebook")
                self._refuse(column, message.format(name=name, output=column.get("name")))
        clause = str(said.get("clause", ""))
        parts = _ours(rule, "clause")
        if clause in sop.clauses:
            sop.clauses[clause].rules.append(rule)
            return
        node = self._yaml(parts[0]) if parts else Place(rule.line).mapping()
        place = Place(rule.line)
        put(node, "id", place.scalar(clause))
        put(node, "action", place.scalar(str(said.get("action", ""))))
        points = said.get("points", 0.0)
        if points not in (0.0, ""):
            put(node, "points", place.scalar(yaml_text.number(points) if isinstance(points, float)
                                             else str(points)))  # fmt: skip
        said_when = "when" in node.entries or "otherwise" in node.entries
        sop.clauses[clause] = OwnClause(node, rule.line, [rule], said_when)

    def _output(self, entry: Element, name: str, number: int) -> feel.Literal | None:
        text = entry.first("text")
        word = text.text.strip() if text is not None else ""
        try:
            items = feel.parsed(word).items
        except feel.NotCarried as error:
            items, word = (), error.what
        if len(items) == 1 and not isinstance(items[0], tuple):
            return items[0]
        message = _("table {name}, rule {number}: an output is no text and no number: {what}")
        self._refuse(entry, message.format(name=name, number=number, what=shortened(word)))
        return None

    def _put_clauses(self, sop: OwnSop) -> None:
        found = list(sop.clauses)
        known = [one for one in sop.order if one in sop.clauses]
        last = [one for one in found if _says_otherwise(sop.clauses[one].node)]
        idle = [one for one in found if not sop.clauses[one].rules]
        rest = [one for one in found if one not in last and one not in idle]
        if set(known) == set(found) and [o for o in known if o in rest] == rest:
            found = known
        elif idle:
            found = [*rest, *idle, *(one for one in last if one not in idle)]
        place = Place(sop.table.line)
        put(sop.node, "clauses", place.sequence(sop.clauses[one].node for one in found))


def _says_otherwise(node: Mapping) -> bool:
    return getattr(node.entries.get("otherwise"), "text", "") == "yes"
