"""A foreign DMN file to draft SOPs: what it says is there, what it cannot say is left to write."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from brightline.exchange import yaml_text
from brightline.exchange.dmn import feel
from brightline.exchange.dmn.columns import Facts
from brightline.exchange.dmn.conditions import Conditions
from brightline.exchange.dmn.foreign import Column, Model, Rule, Table, model_of
from brightline.exchange.dmn.ids import id_of
from brightline.exchange.dmn.xml_tree import Element
from brightline.exchange.faults import DMN_PART, Faults
from brightline.exchange.planning import singles
from brightline.i18n import N_, _, language
from brightline.rulebook.model import Rulebook
from brightline.rulebook.nodes import shortened

HITS = {"UNIQUE": "unique", "FIRST": "first", "ANY": "first", "PRIORITY": "most_severe"}
ACTION_WORDS = ("action", "decision", "result", "outcome", "hanh_dong", "ket_qua", "xu_ly")
LEFT = (
    ("subject", N_("what its cases are about")),
    ("owner", N_("the team that owns it")),
    ("review_by", N_("when it is to be reviewed")),
    ("purpose", N_("what it is for")),
    ("cannot_tell", N_("the action where nobody can tell")),
)


@dataclass
class Drafts:
    """The files of a draft (the head only where there was no rulebook), and remarks."""

    files: dict[str, str] = field(default_factory=dict)
    sops: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def drafts_of(root: Element, path: Path, base: Rulebook | None) -> Drafts:
    """The drafts. Raises `Unreadable` with everything that cannot be carried."""
    faults = Faults(str(path))
    model = model_of(root, faults)
    faults.stop_if_any()
    maker = _Maker(model, path, base, faults)
    made = maker.made()
    faults.stop_if_any()
    return made


class _Maker:
    def __init__(self, model: Model, path: Path, base: Rulebook | None, faults: Faults) -> None:
        self.model, self.path, self.base, self.faults = model, path, base, faults
        self.drafts = Drafts()
        self.actions: dict[str, dict[str, Any]] = {}

    def made(self) -> Drafts:
        """A draft for every decision that no other one requires."""
        by_id = {table.id: table for table in self.model.tables}
        needed = {name for table in self.model.tables for name in table.needs}
        circle = [t for t in self.model.tables if t.id in needed]
        tops = [table for table in self.model.tables if table.id not in needed]
        if not tops:
            message = _("the decisions require each other in a circle")
            self.faults.line(DMN_PART, circle[0].line, message)
        taken = {sop.sop for sop in self.base.sops} if self.base else set()
        for table in tops:
            for name in table.needs:
                if name not in by_id:
                    message = _("table {name}: the decision {required} it requires is not here")
                    self.faults.line(DMN_PART, table.line, message.format(
                        name=shortened(table.name), required=shortened(name)))  # fmt: skip
            sop = id_of(table.name, taken, "sop").replace("_", "-")
            taken.add(sop)
            self._sop(table, sop, by_id)
        if self.base is None:
            self.drafts.files["rulebook.yaml"] = self._head()
        return self.drafts

    def _sop(self, table: Table, sop: str, by_id: dict[str, Table]) -> None:
        conditions = Conditions(
            by_id, Facts(self.model.tables, self.base, self.faults), self.faults
        )
        if not table.rules or not table.outputs:
            message = _("table {name}: it has no rules or no outputs").format(name=table.name)
            self.faults.line(DMN_PART, table.line, message)
            return
        place = self._action_place(table)
        clauses = [self._clause(table, rule, place, conditions) for rule in table.rules]
        clauses += self._default(table, place)
        self._check_order(table, place, clauses)
        data: dict[str, Any] = {"sop": sop, "title": {language(): table.name}}
        if table.words:
            data["purpose"] = {language(): "\n".join(table.words)}
        if conditions.definitions:
            data["definitions"] = conditions.definitions
        facts = [fact for fact in conditions.facts.found.values() if fact is not None]
        own = {fact.id: fact.data for fact in facts if fact.data is not None}
        if own:
            data["facts"] = own
        data |= {"hit": HITS[table.hit], "clauses": clauses}
        name = f"sops/{sop}.yaml"
        self.drafts.sops.append(sop)
        self.drafts.files[name] = self._remarks(table, data) + yaml_text.document(singles(data))
        if table.hit == "ANY":
            note = _("table {name}: ANY became first; its rules agree wherever they meet")
            self.drafts.notes.append(note.format(name=table.name))

    def _remarks(self, table: Table, data: dict[str, Any]) -> str:
        """What is left to write, as comments at the head of the file."""
        said = _("Draft made of the table {name} in {file}.").format(
            name=shortened(table.name), file=self.path.name
        )
        lines = [said, _("Still to write, besides the texts of the other language:")]
        lines += [f"  {key}: {_(words)}" for key, words in LEFT if key not in data]
        lines += [f"  {_('a notice, and points, for each clause that finds fault')}"]
        lines += [
            _("The file also says: {words}").format(words=words) for words in self.model.words
        ]
        return "".join(
            f"# {' '.join(line.split()) if line[:2] != '  ' else line}\n" for line in lines
        )

    def _action_place(self, table: Table) -> int:
        """The output that is the action: by its values, else by its name, else the first."""
        if self.base is not None:
            for place, _column in enumerate(table.outputs):
                values = [rule.outputs[place] for rule in table.rules]
                if all(v is not None and self._known(str(v)) for v in values):
                    return place
        names = [id_of(column.name) for column in table.outputs]
        return next((names.index(word) for word in ACTION_WORDS if word in names), 0)

    def _known(self, value: str) -> str | None:
        if self.base is None:
            return None
        return next((n for n in (value, id_of(value)) if n in self.base.actions), None)

    def _action(self, value: feel.Literal) -> str:
        said = _said(value)
        name = self._known(said) or id_of(said, (), "action")
        if self.base is None:
            self.actions.setdefault(name, {"title": {language(): said}})
        return name

    def _clause(
        self, table: Table, rule: Rule, place: int, conditions: Conditions
    ) -> dict[str, Any]:
        made: dict[str, Any] = {"id": f"R-{rule.number}"}
        words = rule.words
        if words:
            made["title"] = {language(): words[0]}
        condition = conditions.of(table, rule)
        if condition:
            made["when"] = [condition]
        else:
            made["otherwise"] = "yes"
            self._check_otherwise(table, rule)
        self._outputs(made, table, rule.outputs, place, words[1:], rule.line, rule.number)
        return made

    def _outputs(
        self,
        made: dict[str, Any],
        table: Table,
        outputs: list[feel.Literal | None],
        place: int,
        words: list[str],
        line: int,
        number: int,
    ) -> None:
        """The action, the points; every other output as a line of the note."""
        value = outputs[place]
        if value is None:
            self.faults.line(DMN_PART, line, _(
                "table {name}, rule {number}: it has no output").format(
                name=shortened(table.name), number=number))  # fmt: skip
        else:
            made["action"] = self._action(value)
        notes = list(words)
        for other, (column, one) in enumerate(zip(table.outputs, outputs, strict=True)):
            if other == place or one is None:
                continue
            whole = isinstance(one, float) and one.is_integer() and 0 <= one <= 1000
            if id_of(column.name) in ("points", "diem") and whole:
                made["points"] = int(one)
            else:
                notes.append(f"{column.label or column.name}: {_said(one)}")
        if notes:
            made["note"] = {language(): "\n".join(notes)}

    def _default(self, table: Table, place: int) -> list[dict[str, Any]]:
        if not table.default or table.default[place] is None:
            return []
        made: dict[str, Any] = {"id": "R-0", "otherwise": "yes"}
        self._outputs(made, table, table.default, place, [], table.line, 0)
        return [made]

    def _check_otherwise(self, table: Table, rule: Rule) -> None:
        """A rule without tests can only be the last resort of a rulebook."""
        last = rule is table.rules[-1]
        if table.hit == "PRIORITY" or (last and table.hit != "UNIQUE") or len(table.rules) == 1:
            return
        self.faults.line(
            DMN_PART, rule.line,
            _("table {name}, rule {number}: it holds for every case, so other rules never count")
            .format(name=shortened(table.name), number=rule.number),
            _("move it to the end under FIRST, or give it a test"),
        )  # fmt: skip

    def _check_order(self, table: Table, place: int, clauses: list[dict[str, Any]]) -> None:
        """Under PRIORITY the order of the output values must be that of the actions' severity."""
        if table.hit != "PRIORITY":
            return
        column: Column = table.outputs[place]
        order = list(dict.fromkeys(self._action(value) for value in column.values))
        missing = [clause for clause in clauses if clause.get("action") not in order]
        if place != 0 or missing:
            self.faults.line(DMN_PART, table.line, _(
                "table {name}: PRIORITY needs the values of its first output in order").format(
                name=shortened(table.name)), _("give that output its outputValues"))  # fmt: skip
            return
        if self.base is None:
            for rank, name in enumerate(reversed(order)):
                self.actions[name]["severity"] = rank * 10
            fine = order[-1]
        else:
            ranks = [self.base.actions[one].severity for one in order if one in self.base.actions]
            fine = order[-1]
            if ranks != sorted(set(ranks), reverse=True) or len(ranks) != len(order):
                self.faults.line(DMN_PART, table.line, _(
                    "table {name}: the order of the output values is not that of the actions"
                    ).format(name=shortened(table.name)), _(
                    "how severe an action is stands in rulebook.yaml; change it there"),
                )  # fmt: skip
        if any("otherwise" in clause and clause["action"] != fine for clause in clauses):
            self.faults.line(DMN_PART, table.line, _(
                "table {name}: a rule without tests has more than the least priority").format(
                name=shortened(table.name)), _("give it a test"))  # fmt: skip

    def _head(self) -> str:
        """A rulebook that holds the drafts and nothing else."""
        said = _("Draft made of {file}. Still to write:").format(file=self.path.name)
        rest = _(
            "market, subjects, teams (owners), the severity of each action, and both languages"
        )
        name = id_of(self.model.name, (), "rulebook").replace("_", "-")
        data = {"rulebook": name, "title": {language(): self.model.name},
                "languages": ["vi", "en"], "actions": self.actions}  # fmt: skip
        return f"# {said}\n#   {rest}\n" + yaml_text.document(data)


def _said(value: feel.Literal) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return yaml_text.number(value) if isinstance(value, float) else value
