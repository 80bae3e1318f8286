"""Which column of a file is which attribute or fact: read from a small YAML or JSON file.

    subject: listing              # or {column: type}
    id: product_id
    time: created
    attributes: {title: name, price: price_vnd}
    facts: {condition: state}
    constants: {category: electronics}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from brightline.i18n import _
from brightline.rulebook.columns import FactError
from brightline.rulebook.deciding import Deciders
from brightline.rulebook.model import Rulebook
from brightline.rulebook.tests import did_you_mean
from brightline.screening.days import TIME_ATTRIBUTE
from brightline.screening.errors import UnusableCases
from brightline.screening.one import names_of_facts

KEYS = ("subject", "id", "time", "attributes", "facts", "constants")
_LARGEST_FILE = 1 << 20


@dataclass(frozen=True, slots=True)
class CaseMapping:
    """Where the parts of a case stand. Attribute or fact → column.

    `given` says that a person wrote it: then only what it names is read. Otherwise columns go by
    their own names, and a jsonl line may hold `attributes` and `facts` as objects.
    """

    given: bool = False
    subject: str | None = None
    subject_column: str | None = "subject"
    id: str | None = "id"
    time: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """Every column that the mapping names."""
        named = [self.subject_column, self.id, self.time]
        return [*(n for n in named if n), *self.attributes.values(), *self.facts.values()]


def read_mapping(path: Path) -> CaseMapping:
    """The mapping in a YAML or JSON file. Raises `UnusableCases` on anything else."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise UnusableCases(_("{path} is too large for a mapping").format(path=path))
        text = path.read_text("utf-8-sig")
        if "&" in text and "*" in text:
            raise UnusableCases(_("{path}: anchors and aliases are not allowed").format(path=path))
        raw = YAML(typ="safe", pure=True).load(text)
    except OSError as error:
        raise UnusableCases(
            _("{path} cannot be read: {error}").format(path=path, error=error.strerror)
        ) from None
    except (YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        if isinstance(error, UnusableCases):
            raise
        said = " ".join(str(error).split())[:200]
        raise UnusableCases(
            _("{path} is not YAML that can be read: {error}").format(path=path, error=said)
        ) from None
    return mapping_of(raw, path.name)


def mapping_of(raw: object, where: str = "--map") -> CaseMapping:
    """A mapping from plain data. Raises `UnusableCases` on a wrong key or shape."""
    if not isinstance(raw, Mapping):
        raise UnusableCases(
            _("{path}: a mapping has the keys {keys}").format(path=where, keys=", ".join(KEYS))
        )
    for key in raw:
        if key not in KEYS:
            raise UnusableCases(
                _("{path}: no key named {key}").format(path=where, key=str(key)[:80]),
                did_you_mean(str(key)[:80], KEYS),
            )
    subject, column = _subject(raw.get("subject"), where)
    return CaseMapping(
        True,
        subject,
        column,
        _name(raw, "id", where),
        _name(raw, "time", where),
        _names(raw, "attributes", where),
        _names(raw, "facts", where),
        _constants(raw, where),
    )


def _subject(raw: object, where: str) -> tuple[str | None, str | None]:
    if raw is None or isinstance(raw, str):
        return raw, None
    if isinstance(raw, Mapping) and set(raw) == {"column"} and isinstance(raw["column"], str):
        return None, raw["column"]
    raise UnusableCases(
        _("{path}: subject is the name of a subject").format(path=where),
        _("or {column: name}, where a column says it"),
    )


def _name(raw: Mapping[str, object], key: str, where: str) -> str | None:
    found = raw.get(key)
    if found is None or isinstance(found, str):
        return found
    raise UnusableCases(_("{path}: {key} is the name of a column").format(path=where, key=key))


def _names(raw: Mapping[str, object], key: str, where: str) -> dict[str, str]:
    found = raw.get(key) or {}
    if isinstance(found, Mapping):
        if all(isinstance(n, str) and isinstance(c, str) for n, c in found.items()):
            return dict(found)
    raise UnusableCases(
        _("{path}: {key} names columns, as in {example}").format(
            path=where, key=key, example="{title: name}"
        )
    )


def _constants(raw: Mapping[str, object], where: str) -> dict[str, object]:
    found = raw.get("constants") or {}
    if isinstance(found, Mapping) and all(isinstance(name, str) for name in found):
        return dict(found)
    raise UnusableCases(
        _("{path}: {key} names values, as in {example}").format(
            path=where, key="constants", example="{category: electronics}"
        )
    )


@dataclass(frozen=True, slots=True)
class SubjectPlan:
    """For one subject: attribute or fact → column, and the facts that are the same in all rows."""

    attributes: Mapping[str, str]
    facts: Mapping[str, str]
    constant_attributes: Mapping[str, object]
    constant_facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Plan:
    """A mapping fitted to a rulebook and to the columns of a file. Can be pickled."""

    mapping: CaseMapping
    subjects: Mapping[str, SubjectPlan]
    nested: bool
    """Whether a case may hold `attributes` and `facts` as objects."""


def plan_of(rulebook: Rulebook, mapping: CaseMapping | None, columns: Iterable[str]) -> Plan:
    """Fit a mapping (None: columns go by their own names) to a file with these columns.

    No columns: the rows name their own. Raises `UnusableCases` where the mapping names a column,
    subject, attribute or fact that is not there, or a constant that cannot be.
    """
    known = tuple(columns)
    if mapping is None:
        return _by_name(rulebook, known)
    for column in mapping.columns:
        if known and column not in known:
            raise UnusableCases(
                _("the mapping names a column {name}, which the file does not have").format(
                    name=column[:80]
                ),
                did_you_mean(column[:80], known),
            )
    wanted = list(rulebook.subjects)
    if mapping.subject is not None:
        if mapping.subject not in wanted:
            raise UnusableCases(
                _("no subject named {name}").format(name=mapping.subject[:80]),
                did_you_mean(mapping.subject[:80], wanted),
            )
        wanted = [mapping.subject]
    elif mapping.subject_column is None and len(wanted) > 1:
        raise UnusableCases(
            _("the mapping does not say what the cases are about"),
            _("add subject: with one of {names}").format(names=", ".join(wanted)),
        )
    _check_names(rulebook, mapping, wanted)
    subjects = {name: _subject_plan(rulebook, name, mapping) for name in wanted}
    return Plan(mapping, subjects, False)


def _check_names(rulebook: Rulebook, mapping: CaseMapping, subjects: list[str]) -> None:
    attributes = {a for s in subjects for a in rulebook.subjects[s].attributes} | {TIME_ATTRIBUTE}
    facts = {f for s in subjects for f in names_of_facts(rulebook, s)}
    for name in mapping.attributes:
        if name not in attributes:
            raise UnusableCases(
                _("the mapping names an attribute {name}, which the rulebook does not have").format(
                    name=name[:80]
                ),
                did_you_mean(name[:80], sorted(attributes)),
            )
    for name in [*mapping.facts, *(n for n in mapping.constants if n not in attributes)]:
        if name not in facts:
            raise UnusableCases(
                _("the mapping names a fact {name}, which the rulebook does not have").format(
                    name=name[:80]
                ),
                did_you_mean(name[:80], sorted(facts)),
            )


def _subject_plan(rulebook: Rulebook, subject: str, mapping: CaseMapping) -> SubjectPlan:
    attributes = {*rulebook.subjects[subject].attributes, TIME_ATTRIBUTE}
    facts = names_of_facts(rulebook, subject)
    constant_facts = {facts[n]: v for n, v in mapping.constants.items() if n in facts}
    _check_constants(rulebook, subject, constant_facts)
    return SubjectPlan(
        {n: c for n, c in mapping.attributes.items() if n in attributes},
        {facts[n]: c for n, c in mapping.facts.items() if n in facts},
        {n: v for n, v in mapping.constants.items() if n in attributes and n not in facts},
        constant_facts,
    )


def _check_constants(rulebook: Rulebook, subject: str, constants: Mapping[str, object]) -> None:
    from datetime import date

    table = Deciders(rulebook).decider(subject, date.today()).table
    for name, value in constants.items():
        if name in table.places:
            try:
                table.columns[table.places[name]].code(value)
            except FactError as error:
                raise UnusableCases(error.message, error.hint) from None


def _by_name(rulebook: Rulebook, known: tuple[str, ...]) -> Plan:
    if known and "subject" not in known and len(rulebook.subjects) > 1:
        raise UnusableCases(
            _("no column says what the cases are about"),
            _("add a column subject, or a mapping (--map) with subject: one of {names}").format(
                names=", ".join(rulebook.subjects)
            ),
        )
    subjects = {}
    for subject, of in rulebook.subjects.items():
        attributes = dict.fromkeys([*of.attributes, TIME_ATTRIBUTE])
        facts = names_of_facts(rulebook, subject)
        subjects[subject] = SubjectPlan(
            {name: name for name in attributes if not known or name in known},
            {
                name: name
                for name in facts
                if (name not in attributes or not known) and (not known or name in known)
            },
            {},
            {},
        )
    columns = {*known} if known else {"subject", "id"}
    return Plan(
        CaseMapping(
            subject_column="subject" if "subject" in columns else None,
            id="id" if "id" in columns else None,
        ),
        subjects,
        True,
    )
