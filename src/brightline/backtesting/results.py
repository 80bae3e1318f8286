"""What a back-test says: plain, frozen data, each number beside the number that it is a part of.

`Backtest.to_json()` is what `brightline backtest --format json` prints; pages and forecasts are
built from these classes. An action is named by its id; `manual_review` stands for "not determined":
the facts that are stored leave it open. Nothing is guessed for such a case: `bounds` say between
which numbers the truth must lie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

Texts = dict[str, str]
"""Language → words."""


class Kind(StrEnum):
    """What became of a case. Every case is of exactly one kind."""

    SAME = "same"
    """Decided in both versions: the same action, the same clauses and points."""
    OTHER_CLAUSES = "other_clauses"
    """The same action, but other clauses are reported, or other points."""
    STRICTER = "stricter"
    """A more severe action."""
    MILDER = "milder"
    """A less severe action."""
    OTHER_ACTION = "other_action"
    """Another action of the same severity."""
    OPENED = "opened"
    """Decided in the old version; in the new one a fact is missing that now matters."""
    SETTLED = "settled"
    """Open in the old version, decided in the new one."""
    OPEN_SAME = "open_same"
    """Open in both, and what is missing cannot make the two versions differ."""
    OPEN = "open"
    """Open in both, and what is missing may make them differ."""


CHANGED = (Kind.OTHER_CLAUSES, Kind.STRICTER, Kind.MILDER, Kind.OTHER_ACTION)
"""Decided in both versions, and differently."""
MAY_CHANGE = (Kind.OPENED, Kind.SETTLED, Kind.OPEN)
"""The stored facts do not say whether the case changes."""


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two rulebooks: what the caller calls it, its SHA-256, its title."""

    name: str
    sha: str
    title: Texts


@dataclass(frozen=True, slots=True)
class Range:
    """The true number is at least `least` and at most `most`: equal where facts determine it."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Action:
    """An action of either version, in words. Listed from the least to the most severe."""

    action: str
    title: Texts
    violation: bool
    person: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """Cases that come to `old` in the old version and to `new` in the new one.

    `manual_review` on a side: not determined there. Denominator: the `cases` of the table that the
    flow stands in. `certain`: of these (both sides open), those that cannot come to differ.
    """

    old: str
    new: str
    cases: int
    certain: int = 0


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many cases get an action, between which numbers. Denominator: all cases.

    `change` is new minus old, case by case: tighter than the difference of the two ranges, since a
    case that is open in both versions and cannot differ adds nothing to it.
    """

    action: str
    old: Range
    new: Range
    change: Range


@dataclass(frozen=True, slots=True)
class SopLine:
    """One SOP by its newer id. `state`: new, gone, or empty. Denominator: `cases` of its subject.

    `old` and `new`: cases in which it surely reports a clause that finds fault; `gained` those only
    in the new version, `lost` only in the old one.
    """

    sop: str
    title: Texts
    state: str
    cases: int
    old: int
    new: int
    gained: int
    lost: int


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """One clause by its newer id, likewise; `old_action` and `new_action` are "" where it is not.

    `cannot_tell` as a clause: the SOP's answer where a moderator could not tell.
    """

    sop: str
    clause: str
    title: Texts
    state: str
    old_action: str
    new_action: str
    cases: int
    old: int
    new: int
    gained: int
    lost: int


@dataclass(frozen=True, slots=True)
class GroupLine:
    """The cases of one category, seller segment or week ("" where a case has none).

    `kinds` are parts of `cases`. `open_old` and `open_new`: not determined in that version. `flows`
    are those that change the action or what is determined. `title`: the name in words, where the
    rulebook has it as an option.
    """

    name: str
    cases: int
    kinds: Mapping[str, int]
    open_old: int
    open_new: int
    flows: tuple[Flow, ...]
    title: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FactLine:
    """Cases open in a version that hang on a fact. Denominators: `open_old`, `open_new` of all."""

    fact: str
    title: Texts
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class HumanFlow:
    """Cases in which a moderator took the action `human`, by what the versions say."""

    human: str
    old: str
    new: str
    cases: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """The versions beside what moderators decided, where the file has it.

    `labelled`: cases with a moderator's action that either version knows. `old_decided`: of these,
    determined in the old version; `old_same`: of those, with the moderator's action. `unknown`:
    cases whose action is of neither version; they are not in `labelled`.
    """

    labelled: int
    old_decided: int
    old_same: int
    new_decided: int
    new_same: int
    unknown: int
    flows: tuple[HumanFlow, ...]


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over sampled cases, with the ends of its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Effort:
    """Questions and moderator's seconds a case, by the console's own choice of questions.

    Both versions question the same cases: `sampled`, drawn at random from `of` (all cases). Of the
    sampled, `complete` have every answer that the questions of both versions call for; the means
    and their changes are over those alone. `seconds` are those that the rulebooks state for each
    question.
    """

    of: int
    sampled: int
    complete: int
    questions_old: Mean
    questions_new: Mean
    questions_change: Mean
    seconds_old: Mean
    seconds_new: Mean
    seconds_change: Mean


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a version says of a case. `clauses`: (SOP, clause, action, points) of each reported.

    `possible`: the actions that it can still get; the action alone where it is determined.
    """

    action: str
    determined: bool
    clauses: tuple[tuple[str, str, str, int], ...]
    points: int
    possible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TellingCase:
    """A case that shows a change, and how many changed in the same way (`like_it`).

    `like_it` is part of the cases of its kind. `facts`: name → value, as stored. The sentences:
    what the case is, what becomes of it before and now, and why.
    """

    id: str
    subject: str
    kind: Kind
    like_it: int
    facts: Mapping[str, str]
    old: Outcome
    new: Outcome
    case: Texts
    before: Texts
    now: Texts
    why: Texts


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that could not be read: its number, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Backtest:
    """Past cases under two versions.

    `rows` = `cases` + `refused`. The counts of `kinds` add up to `cases`, so do those of `flows`.
    `subjects`: cases by subject. `open_old`, `open_new`: not determined in that version;
    `person_old`, `person_new`: those and the ones whose action hands them to a person. `groups`:
    `category`, `segment` and `week` (`2026-W31`), where the cases have them. `as_of`: both versions
    are taken as they stand on that day (ISO), whenever the cases were.
    """

    old: Version
    new: Version
    as_of: str
    rows: int
    cases: int
    refused: int
    refusals: tuple[Refused, ...]
    subjects: Mapping[str, int]
    actions: tuple[Action, ...]
    kinds: Mapping[str, int]
    open_old: int
    open_new: int
    person_old: int
    person_new: int
    flows: tuple[Flow, ...]
    bounds: tuple[Bounds, ...]
    sops: tuple[SopLine, ...]
    clauses: tuple[ClauseLine, ...]
    groups: Mapping[str, tuple[GroupLine, ...]]
    missing: tuple[FactLine, ...]
    agreement: Agreement | None
    effort: Effort | None
    telling: tuple[TellingCase, ...]
    seconds: float

    @property
    def changed(self) -> int:
        """Cases decided in both versions, and differently."""
        return sum(self.kinds.get(kind, 0) for kind in CHANGED)

    @property
    def may_change(self) -> int:
        """Cases of which the stored facts do not say whether they change."""
        return sum(self.kinds.get(kind, 0) for kind in MAY_CHANGE)

    def to_json(self) -> dict[str, Any]:
        """As plain data, ready for `json.dumps`."""
        return {**asdict(self), "changed": self.changed, "may_change": self.may_change}
