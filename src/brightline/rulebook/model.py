"""The rulebook as data: frozen models whose shape is that of the files on disk.

Nothing here decides. `reading` fills these models from YAML and reports what is wrong with it,
`table` compiles them. A model is only ever built from checked data, so it raises
`pydantic.ValidationError` and never prints.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from brightline.rulebook.lookup import Table

IDENTIFIER = r"^[A-Za-z][A-Za-z0-9_-]{0,79}$"
Id = Annotated[str, Field(pattern=IDENTIFIER)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Text = dict[Language, Annotated[str, Field(min_length=1, max_length=20_000)]]
"""What a person reads: language code → words. Markdown is allowed in `guidance`."""

YES, NO, CANNOT_TELL = "yes", "no", "cannot_tell"
POLICY = "policy"
"""The basis of a clause that rests on the platform's own rule and not on a law."""
MANUAL_REVIEW = "manual_review"
"""The action of a case that is not determined yet; no rulebook may define it."""
RESERVED = frozenset({"is", "is_not", "otherwise", CANNOT_TELL, POLICY, MANUAL_REVIEW})

_DURATION = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(s|m|h|d)\s*$")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds(value: object) -> float:
    """`"6s"`, `"5m"`, `"24h"` or `"90d"` as seconds; raises `ValueError` on anything else."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError("a duration looks like 6s, 5m, 24h or 90d")
    if isinstance(value, str):
        match = _DURATION.match(value)
        if match is None:
            raise ValueError("a duration looks like 6s, 5m, 24h or 90d")
        return float(match[1]) * _SECONDS[match[2]]
    return float(value)


def _written(value: float) -> str:
    for unit in ("d", "h", "m"):
        if value and value % _SECONDS[unit] == 0:
            return f"{value / _SECONDS[unit]:.0f}{unit}"
    return f"{value:.0f}s" if value == int(value) else f"{Decimal(repr(value)):f}s"


Seconds = Annotated[
    float,
    BeforeValidator(seconds),
    Field(gt=0, le=366 * 86400),
    PlainSerializer(_written, when_used="json"),
]
"""A length of time, written `6s`, `5m`, `24h`, `90d` in the file, kept in seconds."""


def flag(value: object) -> object:
    """`yes` or `no` as a truth value; raises `ValueError` on any other word."""
    if not isinstance(value, str):
        return value
    if value not in (YES, NO):
        raise ValueError("a flag is yes or no")
    return value == YES


Flag = Annotated[bool, BeforeValidator(flag)]
"""`yes` or `no` in the file (YAML 1.2: they are words there)."""


def day(value: object) -> object:
    """A date as it is, if it is written year-month-day; raises `ValueError` on any other text."""
    if isinstance(value, str) and not _DAY.match(value):
        raise ValueError("a date looks like 2026-06-30")
    return value


Day = Annotated[date, BeforeValidator(day)]
"""A date, written year-month-day in the file; nothing else is taken for one."""

RawTest = Any
"""A unary test as written: `yes`, `option`, `"< 0.3"`, `[a, b]`, `{not: …}`, `{under: node}`."""
Condition = dict[str, RawTest]
"""Fact name (or `is` / `is_not`) → unary test; all must hold. A box in the space of facts."""


def as_list(value: object) -> object:
    """A single mapping as a list of one."""
    return [value] if isinstance(value, dict) else value


AnyOf = Annotated[tuple[Condition, ...], BeforeValidator(as_list)]
"""One condition, or a list of them of which any may hold."""


class Part(BaseModel):
    """Base of every part of a rulebook: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, strict=False)


class Kind(StrEnum):
    """The kinds of fact."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"


class Hit(StrEnum):
    """DMN hit policies: which of the clauses that hold is the SOP's answer."""

    FIRST = "first"
    MOST_SEVERE = "most_severe"
    UNIQUE = "unique"


class Option(Part):
    """One option of a `choice`. Nested `options` make a tree (a category).

    A text in a language other than these two is kept beside them.
    """

    model_config = ConfigDict(frozen=True, extra="allow")
    vi: str | None = None
    en: str | None = None
    options: dict[Id, Option] = Field(default_factory=dict)
    was: tuple[Id, ...] = ()

    @property
    def text(self) -> Text:
        known = {"vi": self.vi, "en": self.en, **(self.model_extra or {})}
        return {code: text for code, text in known.items() if text is not None}


class Supply(Part):
    """`from:` of a fact: the signal that supplies it, with that signal's own parameters."""

    model_config = ConfigDict(frozen=True, extra="allow")
    signal: Id
    trust: Literal["suggests", "decides"] | None = None

    @property
    def parameters(self) -> dict[str, Any]:
        return dict(self.model_extra or {})


class Fact(Part):
    """A finite thing that can be known of a case."""

    kind: Kind
    title: Text | None = None
    options: dict[Id, Option] = Field(default_factory=dict)
    unit: str | None = None
    min: float | None = None
    max: float | None = None
    supplied_by: Annotated[tuple[Supply, ...], BeforeValidator(as_list)] = Field(
        default=(), alias="from"
    )
    trust: Literal["suggests", "decides"] = "suggests"
    ask: Text | None = None
    guidance: Text | None = None
    cost: Seconds = 5.0
    was: tuple[str, ...] = ()


class FollowUp(Part):
    """A step that follows a decision: who does what within which time."""

    do: Text
    role: Id
    within: Seconds | None = None


class Clause(Part):
    """One row of an SOP's decision table."""

    id: Id
    title: Text
    when: AnyOf = ()
    otherwise: Flag = False
    action: Id
    points: int = Field(default=0, ge=0, le=1000)
    basis: tuple[Id, ...] = ()
    notice: Text | None = None
    then: tuple[FollowUp, ...] = ()
    note: Text | None = None
    starts: Day | None = Field(default=None, alias="from")
    ends: Day | None = Field(default=None, alias="until")
    was: tuple[Id, ...] = ()

    def active(self, on: date) -> bool:
        """Whether the clause is in force on a day (`from` included, `until` included)."""
        return (self.starts is None or self.starts <= on) and (self.ends is None or on <= self.ends)


class Example(Part):
    """A case that the author has thought through, and the clause it must meet."""

    id: Id
    facts: dict[str, str | int | float | bool]
    expect: Id
    text: Text


class Acceptance(Part):
    """A finding that is kept on purpose, and why. It holds for what it names as that stood then.

    `at` is the id the finding stands at (left out: the SOP as a whole); `of` is the mark of all
    that the finding names, as `check` gives it: once any of it changes, the finding is back.
    """

    finding: Annotated[str, Field(pattern=r"^BL-\d{3}$")]
    at: Id | None = None
    of: Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")] | None = None
    date: Day
    reason: Text


class Sop(Part):
    """One standard operating procedure: a decision table with everything people read around it."""

    sop: Id
    title: Text
    subject: Id
    owner: Id
    queue: Id | None = None
    review_by: Day
    starts: Day | None = Field(default=None, alias="from")
    ends: Day | None = Field(default=None, alias="until")
    scope: AnyOf = ()
    purpose: Text
    definitions: dict[Id, AnyOf] = Field(default_factory=dict)
    facts: dict[Id, Fact] = Field(default_factory=dict)
    impossible: tuple[Condition, ...] = ()
    hit: Hit = Hit.MOST_SEVERE
    clauses: tuple[Clause, ...]
    cannot_tell: Id
    examples: tuple[Example, ...] = ()
    accept: tuple[Acceptance, ...] = ()
    was: tuple[Id, ...] = ()

    def active(self, on: date) -> bool:
        """Whether the SOP is in force on a day (both ends included)."""
        return (self.starts is None or self.starts <= on) and (self.ends is None or on <= self.ends)


class Attribute(Part):
    """A raw attribute that cases of a subject carry, before any signal reads it."""

    kind: Literal["text", "number", "money", "yes_no", "choice", "list", "date", "image", "link"]
    title: Text


class Subject(Part):
    """What a case may be about: a listing, a seller, content, a review."""

    title: Text
    attributes: dict[Id, Attribute]


class Action(Part):
    """What is done about a case; the most severe wins. `violation: no` finds no fault."""

    title: Text
    severity: int = Field(ge=0, le=1000)
    violation: Flag = True
    person: Flag = False
    """`person: yes`: the action hands the case to a person (an escalation)."""


class Step(Part):
    """A rung of the ladder: at so many points, this is done to the account."""

    at: int = Field(gt=0)
    title: Text


class Ladder(Part):
    """Points in a window of time turn into account actions."""

    window: Seconds
    steps: tuple[Step, ...]
    checked_on: Day | None = None
    note: Text | None = None


class Queue(Part):
    """Where cases of an SOP wait, and how long they may."""

    title: Text
    sla: Seconds


class Law(Part):
    """One legal instrument. Only a verified one may be the basis of a clause."""

    cite: Text
    title: Text
    article: str | None = None
    effective: Day | None = None
    status: Literal["verified", "unverified"]
    checked_on: Day | None = None
    checked_by: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    """Who saw what it says, on that day."""
    source: str | None = None
    owner: Id
    recheck_by: Day
    note: Text | None = None


class Term(Part):
    """A line of a lexicon. Kind `except` marks words that make a hit inside them harmless."""

    term: str = Field(min_length=1, max_length=200)
    kind: str
    note: str = ""
    fold: bool = False
    """Also match it when typed without accents (only where no innocent phrase reads the same)."""


class TableUse(Part):
    """A table that signals look things up in, as the rules speak of it; its rows stand elsewhere.

    While there is none, the facts that rest on it are unknown, and say so.
    """

    title: Text
    note: Text | None = None


class Rulebook(Part):
    """Everything that decides: SOPs, shared facts, actions, law, lexicons; and the tables."""

    rulebook: Id
    title: Text
    market: str
    languages: tuple[Language, ...]
    currency: str = "VND"
    subjects: dict[Id, Subject]
    actions: dict[Id, Action]
    ladder: Ladder | None = None
    queues: dict[Id, Queue] = Field(default_factory=dict)
    teams: dict[Id, Text] = Field(default_factory=dict)
    roles: dict[Id, Text] = Field(default_factory=dict)
    facts: dict[Id, Fact] = Field(default_factory=dict)
    impossible: tuple[Condition, ...] = ()
    accept: tuple[Acceptance, ...] = ()
    law: dict[Id, Law] = Field(default_factory=dict)
    lexicons: dict[str, tuple[Term, ...]] = Field(default_factory=dict)
    tables: dict[Id, TableUse] = Field(default_factory=dict)
    data: dict[str, Table] = Field(default_factory=dict, exclude=True)
    """What the tables hold, as far as they are there."""
    sops: tuple[Sop, ...]

    @cached_property
    def sha(self) -> str:
        """SHA-256 of the canonical form: the name of this version."""
        from brightline.rulebook.canonical import digest

        return digest(self)

    def of_sops(self, *sops: Sop) -> Rulebook:
        """The rulebook with only these SOPs: everything they share, and nothing of the others."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return Rulebook.model_construct(**(values | {"sops": sops}))

    @cached_property
    def default_action(self) -> str:
        """The least severe action: what a case gets that no clause of any SOP meets."""
        return min(self.actions, key=lambda name: self.actions[name].severity)

    def sop_named(self, name: str) -> Sop:
        """The SOP with that id; raises `KeyError`."""
        for sop in self.sops:
            if sop.sop == name:
                return sop
        raise KeyError(name)
