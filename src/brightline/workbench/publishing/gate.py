"""What a draft must have behind it before it is signed and published: the gate, point by point."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from brightline.i18n import _, format_date, ngettext
from brightline.rulebook.laws import Findings
from brightline.rulebook.model import Rulebook
from brightline.rulebook.problems import Problem, Severity
from brightline.workbench.drafts.form.late import behind_in
from brightline.workbench.drafts.models import Comment, Draft, DraftState, Review, Unmerged
from brightline.workbench.drafts.reading import findings_of
from brightline.workbench.rulebooks.in_force import NoRulebook, release_now

EXAMPLES, TRANSLATED = frozenset({"BL-501"}), frozenset({"BL-521", "BL-516"})
CALENDAR = frozenset({"BL-504", "BL-505"})
"""Findings that a day brings and no draft: told, but no bar to another change."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that must hold: whether it does, in words, and what stands against it."""

    name: str
    holds: bool
    words: str
    against: tuple[str, ...] = ()
    page: str = ""
    """The name of the draft's page on which it is mended."""


MORE: list[Callable[[Draft], Iterable[Point]]] = []
"""Points that rooms above add, such as comments that are still open."""


@dataclass(frozen=True)
class Gate:
    """The points of a draft, and the rulebook it makes, None where it makes none."""

    points: tuple[Point, ...]
    rulebook: Rulebook | None
    base: str
    """The content in force now, which it would take the place of."""
    notes: tuple[str, ...] = field(default=())

    @property
    def open(self) -> bool:
        """Whether everything holds."""
        return all(point.holds for point in self.points)

    def holds(self, *names: str) -> bool:
        """Whether the points of these names hold."""
        return all(point.holds for point in self.points if point.name in names)


def gate_of(draft: Draft, on: date) -> Gate:
    """The gate of a draft as it stands on a day, in the language in force."""
    findings = findings_of(draft, on)
    try:
        current = release_now(draft.market)
        base, number = current.sha, current.number
    except NoRulebook:
        base, number = "", 0
    points = [
        *_of_findings(findings),
        _translated(draft),
        _changes(findings, base),
        _up_to_date(draft, base, number),
        _one_text(draft),
        _comments(draft),
        _consultation(draft, on),
        *(point for more in MORE for point in more(draft)),
    ]
    notes = tuple(p.message for p in findings.problems if p.code in CALENDAR)
    return Gate(tuple(points), findings.rulebook, base, notes)


def _of_findings(findings: Findings) -> list[Point]:
    left = [one for one in findings.problems if one.code not in CALENDAR]
    errors = [one for one in left if one.severity is Severity.ERROR and one.code not in EXAMPLES]
    examples = [one for one in left if one.code in EXAMPLES]
    words = [one for one in left if one.code in TRANSLATED]
    known = {id(one) for one in (*errors, *examples, *words)}
    open_ = [one for one in left if id(one) not in known]
    accepted = len(findings.accepted)
    return [
        _point("errors", _("No error"), errors),
        _point(
            "findings",
            ngettext("No open finding of the proofs ({n} accepted, with a reason)",
                     "No open finding of the proofs ({n} accepted, each with a reason)", accepted)
            .format(n=accepted) if accepted else _("No open finding of the proofs"),
            open_,
        ),
        _point("examples", _("Every example is decided as it should be"), examples),
        _point("languages", _("Both languages are complete and say the same numbers"), words),
    ]  # fmt: skip


def _translated(draft: Draft) -> Point:
    """No language says what it said before while another changed, but on someone's word."""
    against = tuple(
        f"{path}: {one.words}" for path, late in behind_in(draft).items() for one in late
    )
    said = _("No text was left behind by its translation")
    return Point("translated", not against, said, against, "draft")


def _point(name: str, words: str, against: list[Problem]) -> Point:
    return Point(name, not against, words, tuple(_told(one) for one in against), "draft")


def _told(problem: Problem) -> str:
    file = problem.path.partition(":")[0]
    return f"{file}: {problem.message}" if file else problem.message


def _changes(findings: Findings, base: str) -> Point:
    same = findings.rulebook is not None and findings.rulebook.sha == base
    return Point(
        "changes", not same, _("It changes something"),
        (_("It says what is in force already."),) if same else (),
    )  # fmt: skip


def _up_to_date(draft: Draft, base: str, number: int) -> Point:
    fresh = draft.base.sha == base or not base
    said = _("Release {n} has come since it was begun: what that changed would be undone.")
    return Point(
        "base", fresh, _("It rests on what is in force"),
        () if fresh else (said.format(n=number),), "draft_approval",
    )  # fmt: skip


def _one_text(draft: Draft) -> Point:
    left = Unmerged.objects.filter(draft=draft, settled_at=None).select_related("by")
    against = tuple(
        _("{who} wrote something else in {file}: choose what stands").format(
            who=one.by, file=one.path)
        for one in left
    )  # fmt: skip
    return Point("merged", not against, _("Nobody's text is left out"), against, "draft")


def _comments(draft: Draft) -> Point:
    left = Comment.objects.filter(draft=draft, state=Comment.State.OPEN, answers=None)
    against = tuple(f"{one.by}: {one.text[:120]}" for one in left.select_related("by"))
    return Point("comments", not against, _("Every comment is settled"), against, "draft")


def _consultation(draft: Draft, on: date) -> Point:
    """Over once it is handed in, and everyone who was asked has answered or let the day pass."""
    against = [
        _("{who} ({role}) may answer until {day}").format(
            who=one.person or one.who, role=one.asked_words, day=format_date(one.due))
        for one in Review.objects.filter(draft=draft, done_at=None, due__gte=on)
        .select_related("person")
    ]  # fmt: skip
    if draft.state not in (DraftState.APPROVING, DraftState.RELEASED):
        against.append(
            _("It is still being written or consulted on. Hand it in when that is over.")
        )
    return Point("handed_in", not against, _("The consultation is over"), tuple(against))
