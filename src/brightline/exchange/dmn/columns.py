"""Inputs of a foreign table as facts of a draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from brightline.exchange.dmn import feel
from brightline.exchange.dmn.foreign import Column, Table
from brightline.exchange.dmn.ids import id_of
from brightline.exchange.faults import DMN_PART, Faults
from brightline.i18n import _, language
from brightline.rulebook.model import Kind, Rulebook
from brightline.rulebook.nodes import shortened
from brightline.rulebook.tests import option_ids

KINDS = {"text": "choice", "truth": "yes_no", "number": "number"}


@dataclass
class DraftFact:
    """A fact: its id, its kind, the option of each text, its data (None: the rulebook has it)."""

    id: str
    kind: str
    options: dict[str, str]
    data: dict[str, Any] | None


@dataclass
class Facts:
    """The facts of one draft SOP, made as its tables ask for them."""

    tables: list[Table]
    base: Rulebook | None
    faults: Faults
    found: dict[str, DraftFact | None] = field(default_factory=dict)

    def of(self, column: Column, table: Table) -> DraftFact | None:
        """The fact of an input; None where nothing tests it, or it cannot be one."""
        if column.name not in self.found:
            self.found[column.name] = self._made(column, table)
        return self.found[column.name]

    def _made(self, column: Column, table: Table) -> DraftFact | None:
        items = [
            item
            for one in self.tables
            for place, other in enumerate(one.inputs)
            if other.name == column.name
            for rule in one.rules
            for item in rule.tests[place].items
        ]
        kinds = {_kind(item) for item in items}
        kind = column.type or (kinds.pop() if len(kinds) == 1 else "")
        if not items and not column.type:
            return None
        if kind == "date":
            return None
        wrong = {_kind(item) for item in items} - {kind}
        if wrong or not kind:
            message = _("table {name}: the tests on {column} are of several sorts")
            self.faults.line(DMN_PART, column.element.line, message.format(
                name=shortened(table.name), column=shortened(column.name)),
                _("give its inputExpression the typeRef string, boolean or number"))  # fmt: skip
            return None
        texts = [item for item in items if isinstance(item, str)]
        shared = self._shared(column.name, kind, texts)
        if shared is not None:
            return shared
        own = {one.id for one in self.found.values() if one is not None}
        own |= set(self.base.facts) if self.base is not None else set()
        name = id_of(column.name, own, "fact")
        said = {language(): column.label or column.name}
        data: dict[str, Any] = {"kind": KINDS[kind], "title": said}
        options: dict[str, str] = {}
        if kind == "text":
            for text in dict.fromkeys([*column.values, *texts]):
                options[text] = id_of(text, set(options.values()), "option")
            data["options"] = {one: {language(): text} for text, one in options.items()}
            if not column.values or len(options) < 2:
                other = id_of("other", set(options.values()))
                data["options"][other] = {language(): _("Any other")}
        return DraftFact(name, KINDS[kind], options, data)

    def _shared(self, name: str, kind: str, texts: Iterable[str]) -> DraftFact | None:
        """The fact of the rulebook by that name, if it has every option."""
        if self.base is None:
            return None
        key = next((one for one in (name, id_of(name)) if one in self.base.facts), None)
        if key is None or self.base.facts[key].kind != Kind(KINDS[kind]):
            return None
        known = option_ids(self.base.facts[key]) if kind == "text" else ()
        options = {text: one for text in texts for one in (text, id_of(text)) if one in known}
        if set(options) != set(texts):
            return None
        return DraftFact(key, KINDS[kind], options, None)


def _kind(item: feel.Literal | tuple[str, str]) -> str:
    if isinstance(item, bool):
        return "truth"
    return "text" if isinstance(item, str) else "number"
