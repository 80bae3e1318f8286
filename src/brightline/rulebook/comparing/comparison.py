"""Two versions of a rulebook side by side: what changes for whom, and what is written anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from brightline.rulebook.boxes import FactKey
from brightline.rulebook.comparing.joint import Cells, Joint
from brightline.rulebook.comparing.questions import (
    QuestionChange,
    at_all,
    question_changes,
    too_large,
)
from brightline.rulebook.comparing.regions import Change, SopDifference
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.comparing.tables import differences
from brightline.rulebook.comparing.written import Edit, edits
from brightline.rulebook.model import Clause, Rulebook, Sop
from brightline.rulebook.proving.mattering import facts_tested, facts_that_never_matter
from brightline.rulebook.proving.sop_proofs import SopProofs
from brightline.rulebook.table import Segment, Table, Tables


@dataclass(frozen=True)
class SopComparison:
    """One SOP in both versions, by its newer id; a version that has no such SOP gives None.

    `changes` are the cases that come to something else, `questions` those that need other facts
    (`coarse`: only facts that matter at all in one version only), `written` what reads differently.
    """

    name: str
    subject: str
    old: Sop | None
    new: Sop | None
    difference: SopDifference | None
    changes: tuple[Change, ...]
    questions: tuple[QuestionChange, ...]
    written: tuple[Edit, ...]
    coarse: bool = False

    @property
    def same(self) -> bool:
        """Whether nothing at all differs."""
        return not (self.changes or self.questions or self.written)


@dataclass(frozen=True)
class Comparison:
    """Both versions as they stand on a day. `later` are days on which either comes to differ."""

    old: Rulebook
    new: Rulebook
    on: date
    sops: tuple[SopComparison, ...]
    shared: tuple[Edit, ...]
    later: tuple[date, ...]

    @property
    def same(self) -> bool:
        """Whether the versions say and decide the same."""
        return not self.shared and all(sop.same for sop in self.sops)


def compare(old: Rulebook, new: Rulebook, on: date) -> Comparison:
    """Compare two versions. That the changes told are all there are is proved each time.

    Raises `AssertionError` where the proof fails, which would be an error of this program.
    """
    renames = Renames(old, new)
    written: dict[str | None, list[Edit]] = {}
    for edit in edits(old, new, renames):
        written.setdefault(edit.sop, []).append(edit)
    found = {sop.name: sop for sop in _decided(old, new, renames, on)}
    before = {renames.sop_now(sop.sop) or sop.sop: sop for sop in old.sops}
    after = {sop.sop: sop for sop in new.sops}
    sops = []
    for name in [*after, *(name for name in before if name not in after)]:
        then, now = before.get(name), after.get(name)
        either = now or then
        assert either is not None
        one = found.get(name)
        sops.append(
            SopComparison(
                name,
                either.subject,
                then,
                now,
                one.difference if one else None,
                one.changes if one else (),
                one.questions if one else (),
                tuple(written.get(name, ())),
                one is not None and one.coarse,
            )
        )
    return Comparison(old, new, on, tuple(sops), tuple(written.get(None, ())), _later(old, new, on))


@dataclass(frozen=True)
class _Decided:
    name: str
    difference: SopDifference
    changes: tuple[Change, ...]
    questions: tuple[QuestionChange, ...]
    coarse: bool


class _Places(dict[FactKey, int]):
    """Joint columns by fact; a fact that changed its kind has none (-1)."""

    def __missing__(self, key: FactKey) -> int:
        return -1


def _scope(table: Table, segment: Segment | None, renames: Renames | None) -> set[FactKey]:
    """The facts that the scope of an SOP tests, by their newer places."""
    keys = {table.columns[p].key for box in (segment.scope if segment else ()) for p in box}
    return keys if renames is None else {renames.fact_now(key) for key in keys}


def _mattering(table: Table, segment: Segment | None, renames: Renames | None) -> Iterator[FactKey]:
    """The facts that matter in some case of an SOP, by their newer places."""
    if segment is None:
        return
    proofs = SopProofs(table, segment)
    tested = facts_tested(proofs)
    for place in tested - set(facts_that_never_matter(proofs, tested)):
        key = table.columns[place].key
        yield key if renames is None else renames.fact_now(key)


def _decided(old: Rulebook, new: Rulebook, renames: Renames, on: date) -> Iterator[_Decided]:
    """What the SOPs in force on a day decide differently."""
    tables = Tables(old), Tables(new)
    for subject in dict.fromkeys((*new.subjects, *old.subjects)):
        if subject not in old.subjects or subject not in new.subjects:
            continue  # told as a change of the rulebook itself
        then, now = (one.table(subject, on) for one in tables)
        joint = Joint.of(then, now, renames)
        places = _Places({column.key: place for place, column in enumerate(joint.columns)})
        impossible = [*joint.old[then.rule_rows :], *joint.new[now.rule_rows :]]
        for name, difference in differences(then, now, renames):
            changes = difference.changes
            if difference.untold() is not None:
                raise AssertionError(f"a change of {name} is not told")
            before, after = _segment(then, name, renames), _segment(now, name, None)
            old_rows, new_rows = _rows(then, joint.old, before), _rows(now, joint.new, after)
            scope = {places[key] for key in _scope(then, before, renames)}
            scope |= {places[key] for key in _scope(now, after, None)}
            coarse = too_large(difference, old_rows, new_rows)
            if not changes:
                questions: Iterator[QuestionChange] = iter(())
            elif coarse:
                questions = at_all(
                    {places[key] for key in _mattering(then, before, renames)} - scope,
                    {places[key] for key in _mattering(now, after, None)} - scope,
                )
            else:
                nothing = (then.outcome(None), now.outcome(None))
                questions = question_changes(
                    difference, old_rows, new_rows, impossible, nothing, scope
                )
            yield _Decided(name, difference, changes, tuple(questions), coarse and bool(changes))


def _segment(table: Table, name: str, renames: Renames | None) -> Segment | None:
    for segment in table.segments:
        own = segment.sop.sop
        if (own if renames is None else renames.sop_now(own) or own) == name:
            return segment
    return None


def _rows(
    table: Table, joint: Sequence[Cells], segment: Segment | None
) -> list[tuple[int | str, Cells]]:
    if segment is None:
        return []
    places = range(segment.start, segment.stop)
    return [(table.outcome(table.rows[at].clause), joint[at]) for at in places]


def _later(old: Rulebook, new: Rulebook, on: date) -> tuple[date, ...]:
    """Days after `on` from which a rule of one version only is in force, or no longer is."""
    then, now = (set(_days(book)) for book in (old, new))
    return tuple(sorted({day for _rule, day in then ^ now if day > on}))


def _days(rulebook: Rulebook) -> Iterator[tuple[str, date]]:
    for sop in rulebook.sops:
        parts: list[tuple[str, Sop | Clause]] = [(sop.sop, sop)]
        parts += [(f"{sop.sop}/{clause.id}", clause) for clause in sop.clauses]
        for name, part in parts:
            if part.starts:
                yield name, part.starts
            if part.ends:
                yield name, part.ends + timedelta(days=1)
