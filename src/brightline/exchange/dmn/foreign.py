"""Decision tables of other tools' DMN, as plain rows; what has no place here is refused by name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from brightline.exchange.dmn import feel
from brightline.exchange.dmn.xml_tree import Element
from brightline.exchange.faults import DMN_FILE, DMN_PART, Faults
from brightline.i18n import _
from brightline.rulebook.nodes import shortened

SPACES = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
_SPOKEN = re.compile(r"(?:s-)?feel\Z|https?://www\.omg\.org/spec/(?:DMN|FEEL)/\S*\Z", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d][\w .]*\Z")
FINE = frozenset({"description", "extensionElements", "itemDefinition", "inputData", "decision",
                  "knowledgeSource", "textAnnotation", "association", "group",
                  "artifact"})  # fmt: skip
FINE_IN_DECISION = frozenset({"description", "extensionElements", "question", "allowedAnswers",
                              "variable", "informationRequirement", "authorityRequirement",
                              "decisionTable"})  # fmt: skip
HITS = ("UNIQUE", "FIRST", "PRIORITY", "ANY")
TYPES = {"string": "text", "boolean": "truth", "number": "number", "integer": "number",
         "long": "number", "double": "number", "decimal": "number", "float": "number",
         "date": "date", "time": "date", "dateTime": "date", "dateandtime": "date"}  # fmt: skip


@dataclass
class Column:
    """An input or output: its name, label, type (`""`: not said), the values it may have."""

    name: str
    label: str
    type: str
    values: tuple[str, ...]
    element: Element


@dataclass
class Rule:
    """A row: unary tests by input, one literal an output, and what people wrote beside it."""

    number: int
    tests: list[feel.Unary]
    outputs: list[feel.Literal | None]
    words: list[str]
    line: int


@dataclass
class Table:
    """A decision with its table."""

    id: str
    name: str
    hit: str
    inputs: list[Column] = field(default_factory=list)
    outputs: list[Column] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    default: list[feel.Literal | None] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    """Ids of the decisions it requires."""
    words: list[str] = field(default_factory=list)
    line: int = 0


@dataclass
class Model:
    """What a DMN file says."""

    name: str
    tables: list[Table]
    words: list[str]


def model_of(root: Element, faults: Faults) -> Model:
    """The tables of a DMN file; everything that cannot be carried goes to the faults."""
    if root.name != "definitions" or root.space not in SPACES:
        message = _("this is no DMN file: its root is {name}").format(name=shortened(root.name))
        faults.line(DMN_FILE, root.line, message, _("DMN 1.1 to 1.5 are read"))
        faults.stop_if_any()
    return _Reader(root, faults).model()


class _Reader:
    def __init__(self, root: Element, faults: Faults) -> None:
        self.root, self.faults = root, faults
        self.types = {one.get("name"): one for one in root.all("itemDefinition")}
        self.inputs = {one.get("name"): one for one in root.all("inputData")}

    def model(self) -> Model:
        """Every decision with a table."""
        words = [text for part in ("description", "textAnnotation") for one in self.root.all(part)
                 if (text := _words(one))]  # fmt: skip
        words += [
            _("knowledge source: {name}").format(name=one.get("name"))
            for one in self.root.all("knowledgeSource")
        ]
        for one in self.root.children:
            if one.space == self.root.space and one.name not in FINE:
                self._refuse(one, _("{name} {what} has no place in a rulebook").format(
                    name=one.name, what=shortened(one.get("name"))))  # fmt: skip
        tables = [found for one in self.root.all("decision") if (found := self._decision(one))]
        if not tables and not self.faults.found:
            self._refuse(self.root, _("there is no decision table in this file"))
        return Model(self.root.get("name") or "dmn", tables, words)

    def _refuse(self, at: Element, message: str, hint: str | None = None) -> None:
        self.faults.line(DMN_PART, at.line, message, hint)

    def _decision(self, decision: Element) -> Table | None:
        name = decision.get("name") or decision.get("id")
        for one in decision.children:
            if one.space == self.root.space and one.name not in FINE_IN_DECISION:
                message = _("decision {decision}: {name} has no place in a rulebook")
                self._refuse(one, message.format(decision=shortened(name), name=one.name),
                             _("only decision tables are read"))  # fmt: skip
        element = decision.first("decisionTable")
        if element is None:
            if not any(one.name not in FINE_IN_DECISION for one in decision.children):
                message = _("decision {decision}: it has no table")
                self._refuse(decision, message.format(decision=shortened(name)))
            return None
        hit = element.get("hitPolicy") or "UNIQUE"
        if hit not in HITS or element.get("aggregation"):
            message = _("table {name}: the hit policy {policy} has no place in a rulebook")
            policy = f"{hit} {element.get('aggregation')}".strip()
            self._refuse(element, message.format(name=shortened(name), policy=policy),
                         _("use FIRST, PRIORITY or UNIQUE"))  # fmt: skip
        table = Table(decision.get("id"), name, hit, line=element.line)
        table.words = [text for part in ("description", "question", "allowedAnswers")
                       for one in decision.all(part) if (text := _words(one))]  # fmt: skip
        table.needs = [
            required.get("href").rpartition("#")[2]
            for need in decision.all("informationRequirement")
            for required in need.all("requiredDecision")
        ]
        table.inputs = [self._input(one, table) for one in element.all("input")]
        table.outputs = [self._output(one) for one in element.all("output")]
        for number, rule in enumerate(element.all("rule"), start=1):
            self._rule(table, rule, number)
        for column in table.outputs:
            entry = column.element.first("defaultOutputEntry")
            table.default.append(self._literal(entry, table, 0) if entry is not None else None)
        return table

    def _input(self, element: Element, table: Table) -> Column:
        expression = element.first("inputExpression")
        text = _text(expression) if expression is not None else ""
        self._spoken(expression, table.name)
        if not _NAME.match(text):
            try:
                feel.parsed(text or "?")
                what = _("a fixed value")
            except feel.NotCarried as error:
                what = error.what
            if not text:
                what = _("nothing")
            message = _("table {name}: the input expression is {what}: {text}")
            self._refuse(element, message.format(name=shortened(table.name), what=what,
                                                 text=shortened(text)),
                         _("an input must be a name; compute it before, as a fact"))  # fmt: skip
        source = self.inputs.get(text)
        kind = expression.get("typeRef") if expression is not None else ""
        variable = source.first("variable") if source is not None else None
        kind = kind or (variable.get("typeRef") if variable is not None else "")
        type_, values = self._type(kind, element)
        stated = element.first("inputValues")
        label = element.get("label") or (source.get("label") if source is not None else "")
        return Column(text, label, type_, self._values(stated, values, table.name), element)

    def _output(self, element: Element) -> Column:
        stated = element.first("outputValues")
        name = element.get("name") or element.get("label") or _("result")
        type_, values = self._type(element.get("typeRef"), element)
        return Column(
            name, element.get("label"), type_, self._values(stated, values, name), element
        )

    def _type(self, name: str, at: Element) -> tuple[str, tuple[str, ...]]:
        """What a type is made of, and the values it allows."""
        seen: set[str] = set()
        values: tuple[str, ...] = ()
        while name in self.types and name not in seen:
            seen.add(name)
            element = self.types[name]
            if element.all("itemComponent") or element.get("isCollection") == "true":
                self._refuse(at, _("the type {name} is a list or a structure").format(
                    name=shortened(name)))  # fmt: skip
                return "", ()
            allowed = element.first("allowedValues")
            values = values or self._values(allowed, (), name)
            inner = element.first("typeRef")
            name = inner.text.strip() if inner is not None else ""
        plain = name.rpartition(":")[2].replace(" ", "")
        known = {key.lower(): value for key, value in TYPES.items()}
        if plain and plain.lower() not in (*known, "any"):
            self._refuse(at, _("the type {name} is not known").format(name=shortened(name)))
        return known.get(plain.lower(), ""), values

    def _values(
        self, element: Element | None, instead: tuple[str, ...], name: str
    ) -> tuple[str, ...]:
        if element is None:
            return instead
        try:
            found = feel.parsed(_text(element))
        except feel.NotCarried as error:
            message = _("{name}: the allowed values hold {what}: {text}")
            self._refuse(element, message.format(name=shortened(name), what=error.what,
                                                 text=shortened(_text(element))))  # fmt: skip
            return instead
        return tuple(one for one in found.items if isinstance(one, str)) or instead

    def _rule(self, table: Table, rule: Element, number: int) -> None:
        inputs, outputs = rule.all("inputEntry"), rule.all("outputEntry")
        if len(inputs) != len(table.inputs) or len(outputs) != len(table.outputs):
            message = _(
                "table {name}, rule {number}: it has other cells than the table has columns"
            )
            self._refuse(rule, message.format(name=shortened(table.name), number=number))
            return
        tests = [self._test(entry, column, table, number)
                 for column, entry in zip(table.inputs, inputs, strict=True)]  # fmt: skip
        found = [self._literal(entry, table, number) for entry in outputs]
        words = [_words(one) for one in rule.all("description")]
        words += [_text(one) for one in rule.all("annotationEntry")]
        words = [word for word in words if word]
        table.rules.append(Rule(number, tests, found, words, rule.line))

    def _test(self, entry: Element, column: Column, table: Table, number: int) -> feel.Unary:
        self._spoken(entry, table.name)
        text = _text(entry)
        try:
            unary = feel.parsed(text)
            if not unary.any and column.type == "date":
                raise feel.NotCarried(_("a test on a date or time"))
            return unary
        except feel.NotCarried as error:
            message = _("table {name}, rule {number}, column {column}: {what} has no place in a "
                        "rulebook: {text}")  # fmt: skip
            self._refuse(
                entry,
                message.format(name=shortened(table.name), number=number,
                               column=shortened(column.name), what=error.what,
                               text=shortened(text)),
                _("let a signal compute it and test its result as a fact"),
            )  # fmt: skip
            return feel.Unary()

    def _literal(self, entry: Element, table: Table, number: int) -> feel.Literal | None:
        self._spoken(entry, table.name)
        text = _text(entry)
        if text in ("", "-"):
            return None
        what = _("several values")
        try:
            found = feel.parsed(text)
            if len(found.items) == 1 and not found.negated:
                item = found.items[0]
                if not isinstance(item, tuple):
                    return item
                what = _("a test")
        except feel.NotCarried as error:
            what = error.what
        message = _("table {name}, rule {number}: an output is {what}: {text}")
        self._refuse(entry, message.format(name=shortened(table.name), number=number, what=what,
                                           text=shortened(text)),
                     _("an output must be one text, number or truth"))  # fmt: skip
        return None

    def _spoken(self, element: Element | None, name: str) -> None:
        language = element.get("expressionLanguage") if element is not None else ""
        if element is not None and language and not _SPOKEN.match(language):
            message = _("table {name}: the expression language {language} is not read")
            self._refuse(
                element, message.format(name=shortened(name), language=shortened(language))
            )


def _text(element: Element) -> str:
    found = element.first("text")
    return found.text.strip() if found is not None else ""


def _words(element: Element) -> str:
    """What people wrote in an element, in one line."""
    text = _text(element) or element.text
    return " ".join(text.split())
