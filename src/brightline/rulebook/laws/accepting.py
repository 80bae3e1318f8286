"""Findings that an author keeps on purpose, as long as what they name has not changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from brightline.i18n import _, format_date
from brightline.rulebook.laws.marks import mark
from brightline.rulebook.model import Acceptance, Rulebook, Sop
from brightline.rulebook.problems import Problem, Severity
from brightline.rulebook.reading import Sources


@dataclass(frozen=True)
class Accepted:
    """A finding and the words with which it was accepted."""

    problem: Problem
    acceptance: Acceptance


@dataclass(frozen=True)
class Sifted:
    """What is left to mend, and what was accepted."""

    problems: tuple[Problem, ...]
    accepted: tuple[Accepted, ...]


def sifted(rulebook: Rulebook, sources: Sources, found: Iterable[Problem]) -> Sifted:
    """Sets the findings apart that the rulebook accepts.

    An acceptance that covers nothing, or that was given for something which has changed since, is a
    finding itself.
    """
    places: list[tuple[str, Sop | None, tuple[Acceptance, ...]]]
    places = [(_file(None), None, rulebook.accept)]
    places += [(_file(sop), sop, sop.accept) for sop in rulebook.sops]
    by_file: dict[str, list[Problem]] = {}
    for problem in found:
        by_file.setdefault(problem.path.partition(":")[0], []).append(problem)
    left: list[Problem] = []
    accepted: list[Accepted] = []
    for file, sop, entries in places:
        own = by_file.pop(file, [])
        if sop is None:
            own += by_file.pop("law.yaml", [])
        marked = [_marked(rulebook, sop, problem) for problem in own]
        left += _accepted_of(marked, entries, accepted)
        left += _stale(sources, file, entries, marked)
    left += [problem for rest in by_file.values() for problem in rest]
    return Sifted(tuple(left), tuple(accepted))


def _file(sop: Sop | None) -> str:
    return "rulebook.yaml" if sop is None else f"sops/{sop.sop}.yaml"


def _marked(rulebook: Rulebook, sop: Sop | None, problem: Problem) -> Problem:
    """The finding with its mark; an error has none, for it cannot be accepted."""
    if problem.severity is Severity.ERROR or not problem.about:
        return problem
    return replace(problem, mark=mark(rulebook, sop, problem.about))


def _accepted_of(
    own: Sequence[Problem], entries: Sequence[Acceptance], accepted: list[Accepted]
) -> Iterator[Problem]:
    """The findings that no entry accepts; the others are added to `accepted`."""
    for problem in own:
        entry = next((e for e in entries if _names(e, problem) and e.of == problem.mark), None)
        if entry is None or not problem.mark:
            yield problem
        else:
            accepted.append(Accepted(problem, entry))


def _names(entry: Acceptance, problem: Problem) -> bool:
    """Whether an entry speaks of a finding: its code, and the thing it stands at."""
    if entry.finding != problem.code:
        return False
    kind, name = problem.about[0] if problem.about else ("", "")
    return entry.at in (None, name) if kind == "sop" else entry.at == name


def _stale(
    sources: Sources,
    file: str,
    entries: Sequence[Acceptance],
    own: Sequence[Problem],
) -> Iterator[Problem]:
    """What is wrong with the acceptances of a file."""
    for number, entry in enumerate(entries):
        meant = [problem for problem in own if _names(entry, problem)]
        marks = [problem.mark for problem in meant]
        what = f"{entry.finding} {entry.at}" if entry.at else entry.finding
        step = "of" if entry.of else "finding"
        if entry.of in marks:
            continue
        if not meant:
            message = _("{finding} is accepted here, but is not found any more").format(
                finding=what
            )
            hint = _("delete this entry")
            step = "finding"
        elif not any(marks):
            message = _("{finding} is an error: it cannot be accepted").format(finding=what)
            hint = _("mend it, and delete this entry")
            step = "finding"
        elif entry.of is None:
            message = _("this acceptance does not say which state of things it is for")
            hint = _("write of: {mark}").format(mark=marks[0])
        else:
            message = _(
                "{finding} was accepted on {day}, but what it names has changed since"
            ).format(finding=what, day=format_date(entry.date))
            hint = _("look at it again; to keep it, write of: {mark} and the new date").format(
                mark=marks[0]
            )
        yield sources.problem("BL-509", file, ("accept", number, step), message, hint)
