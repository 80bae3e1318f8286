"""The history of a clause over the releases of a market: what changed, who, why, on whose request.

A clause is followed back through its renames (`was:`). Only what came into force counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from brightline.i18n import language
from brightline.reports.diff_page import told_edit
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.comparing.telling_edits import EditTeller
from brightline.rulebook.comparing.written import LOGIC, Edit, edits
from brightline.rulebook.model import Clause, Rulebook, Sop
from brightline.workbench.desk.models import Request
from brightline.workbench.drafts.models import Draft, Revision
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of, spans
from brightline.workbench.rulebooks.models import Release

_QUIET = frozenset({"title", "purpose", "owner", "review_by", "note", "cost", "text", "was"})


@dataclass(frozen=True)
class Step:
    """One change of a clause. `own` are edits of the clause itself, `around` those of its SOP that
    bear on it. `writers` wrote the draft; empty where no draft says. `until`: the next change."""

    release: Release
    at: datetime
    until: datetime | None
    name: tuple[str, str]
    new: bool
    own: tuple[dict[str, Any], ...]
    around: tuple[dict[str, Any], ...]
    draft: Draft | None
    writers: tuple[str, ...]
    requests: tuple[Request, ...]


def history(market: str, sop: str, clause: str) -> list[Step]:
    """Every change of a clause by its names in the newest release that has it, the newest first.

    Raises `KeyError` where no release has it.
    """
    found = list(_steps(market, sop, clause))
    if not found:
        raise KeyError((sop, clause))
    told = []
    for number, one in enumerate(found):
        told.append(_told(one, found[number - 1].at if number else None))
    return told


@dataclass(frozen=True)
class _Found:
    """A release in which a clause changed; `edits` are against `old`; None: it is new there."""

    release: Release
    at: datetime
    name: tuple[str, str]
    old: Rulebook | None
    edits: tuple[Edit, ...] | None


def _steps(market: str, sop: str, clause: str) -> Iterator[_Found]:
    """Where it changed, the newest first."""
    now = timezone.now()
    past = [(s.release, s.start) for s in spans(market) if s.release and s.start <= now]
    name: tuple[str, str] | None = (sop, clause)
    seen = False
    ordered = list(reversed(past))
    for number, (release, at) in enumerate(ordered):
        earlier = ordered[number + 1][0] if number + 1 < len(ordered) else None
        try:
            new = engine_of(release.sha).rulebook
            old = engine_of(earlier.sha).rulebook if earlier else None
        except NoRulebook:
            continue
        if name is None:
            return
        if _clause(new, *name) is None:
            if seen:
                return
            continue  # it is gone by now: look further back
        seen = True
        before = _before(old, new, name) if old is not None else None
        if old is None or before is None:
            yield _Found(release, at, name, None, None)
            return
        edited = [e for e in edits(old, new, Renames(old, new)) if _bears(e, name)]
        if edited:
            yield _Found(release, at, name, old, tuple(edited))
        name = before


def _clause(book: Rulebook, sop: str, clause: str) -> tuple[Sop, Clause] | None:
    for one in book.sops:
        if one.sop == sop:
            return next(((one, c) for c in one.clauses if c.id == clause), None)
    return None


def _before(old: Rulebook, new: Rulebook, name: tuple[str, str]) -> tuple[str, str] | None:
    """What a clause of the newer version was called in the older; None where it was not there."""
    renames = Renames(old, new)
    for sop in old.sops:
        if renames.sop_now(sop.sop) == name[0]:
            for clause in sop.clauses:
                if renames.clause_now(sop.sop, clause.id) == name[1]:
                    return sop.sop, clause.id
    return None


def _bears(edit: Edit, name: tuple[str, str]) -> bool:
    if edit.sop != name[0]:
        return False
    if edit.kind == "clause":
        return edit.name == name[1]
    if edit.kind == "sop":
        return edit.field in LOGIC
    return edit.kind in ("fact", "definition") and edit.field not in _QUIET


def _told(found: _Found, until: datetime | None) -> Step:
    own: list[dict[str, Any]] = []
    around: list[dict[str, Any]] = []
    if found.edits and found.old is not None:
        new = engine_of(found.release.sha).rulebook
        teller = EditTeller(found.old, new, language())
        for edit in found.edits:
            (own if edit.kind == "clause" else around).append(told_edit(teller.told(edit)))
    draft = Draft.objects.filter(released_as=found.release).select_related("owner").first()
    return Step(
        found.release, found.at, until, found.name, found.edits is None, tuple(own), tuple(around),
        draft, _writers(draft), tuple(draft.requests.all()) if draft else (),
    )  # fmt: skip


def _writers(draft: Draft | None) -> tuple[str, ...]:
    if draft is None:
        return ()
    people = Revision.objects.filter(draft=draft).select_related("by")
    return tuple(dict.fromkeys(str(one.by) for one in people.order_by("number")))
