"""Who must sign a change of a rulebook, and who has: by what is touched, never by whose it is.

A signature is for one content in place of one other. The programme manager always signs; nobody
signs what they wrote, and nobody signs twice.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from brightline.i18n import N_, _
from brightline.rulebook.canonical import form
from brightline.rulebook.comparing.renames import Renames
from brightline.rulebook.comparing.written import LOGIC, Edit, edits
from brightline.rulebook.model import POLICY, Clause, Rulebook, Sop
from brightline.workbench.accounts.roles import Role
from brightline.workbench.rulebooks.in_force import engine_of
from brightline.workbench.rulebooks.models import Release, Signature, SignRule

What = SignRule.What
USUAL = (
    (What.ANY, "", Role.MANAGER),
    (What.LAW, "", Role.LEGAL),
    (What.POINTS, "", Role.LEAD),
    (What.SEVERITY, "80", Role.LEAD),
)
"""The rules of a market that has set none: what is touched, from which value on, who signs."""
_HARMLESS = frozenset({"title", "purpose", "owner", "review_by", "note", "was", "cost"})
"""Fields of SOPs and facts that touch no clause."""

LADDER = "ladder"

AUTHORS: list[Callable[[str, str], set[int]]] = []
"""Functions of rooms above: (market, content) → the people who wrote it. They may not sign it."""

_REASONS = {
    What.ANY: N_("every change is signed by the programme manager"),
    What.LAW: N_("it touches what rests on law"),
    What.POINTS: N_("it touches points"),
    What.SEVERITY: N_("it touches grave actions"),
    What.SOP: N_("it touches the SOP"),
    What.OWNER: N_("it touches SOPs of the team"),
}


@dataclass(frozen=True, slots=True)
class Need:
    """A role that must sign, and why: pairs of a reason and the ids it is about."""

    role: Role
    because: tuple[tuple[What, tuple[str, ...]], ...]

    def reasons(self) -> list[str]:
        """Why, in the language in force: `it touches what rests on law: EC-1, EC-2`."""
        told = []
        for what, about in self.because:
            words = _(_REASONS[what])
            more = len(about) - 8
            named = [_("ladder") if one == LADDER else one for one in about[:8]]
            ids = ", ".join(named) + (f" … (+{more})" if more > 0 else "")
            told.append(f"{words}: {ids}" if ids else words)
        return told


@dataclass(frozen=True, slots=True)
class Signed:
    """A need, and the signature that meets it, if there is one."""

    need: Need
    by: Signature | None


def rules_of(market: str) -> list[tuple[What, str, Role]]:
    """The rules of a market; that of the programme manager is always among them."""
    rows = SignRule.objects.filter(market=market).values_list("what", "value", "role")
    own = [(What(what), value, Role(role)) for what, value, role in rows]
    if not own:
        return list(USUAL)
    return [USUAL[0], *(rule for rule in own if rule != USUAL[0])]


def needs(market: str, base: str, book: Rulebook) -> tuple[Need, ...]:
    """Who must sign a rulebook that takes the place of `base` (a hash; empty: of none)."""
    return _needs(base, book.sha, tuple(rules_of(market)), _Book(book))


class _Book:
    """A rulebook that stands for itself in a cache whose key has its hash already."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Book)


@lru_cache(maxsize=64)
def _needs(
    base: str, _sha: str, rules: tuple[tuple[What, str, Role], ...], new: _Book
) -> tuple[Need, ...]:
    found: dict[Role, dict[What, set[str]]] = {Role.MANAGER: {What.ANY: set()}}
    old = engine_of(base).rulebook if base else None
    touched = _touched(old, new.book)
    for what, value, role in rules:
        about = touched.about(what, value)
        if about or what is What.ANY:
            found.setdefault(role, {}).setdefault(what, set()).update(about)
    return tuple(
        Need(role, tuple((what, tuple(sorted(about))) for what, about in because.items()))
        for role, because in found.items()
    )


@dataclass(frozen=True, slots=True)
class _Touched:
    """What a change touches: the ids of what rests on law, moves points, by severity, SOPs."""

    law: frozenset[str]
    points: frozenset[str]
    severity: tuple[tuple[int, str], ...]
    sops: frozenset[str]
    owners: tuple[tuple[str, str], ...]

    def about(self, what: What, value: str) -> set[str]:
        if what is What.LAW:
            return set(self.law)
        if what is What.POINTS:
            return set(self.points)
        if what is What.SEVERITY:
            return {name for severity, name in self.severity if severity >= int(value or 0)}
        if what is What.SOP:
            return {name for name in self.sops if name == value}
        if what is What.OWNER:
            return {sop for owner, sop in self.owners if owner == value}
        return set()


def _touched(old: Rulebook | None, new: Rulebook) -> _Touched:
    if old is None:
        found = [Edit(sop.sop, "sop", sop.sop, "", None, form(sop)) for sop in new.sops]
        books: tuple[Rulebook, ...] = (new,)
    else:
        found = list(edits(old, new, Renames(old, new)))
        books = (old, new)
    law, points, sops = set(), set(), set()
    severity: set[tuple[int, str]] = set()
    owners: set[tuple[str, str]] = set()
    for edit in found:
        if edit.kind == "law":
            law.add(edit.name)
        if edit.kind == "rulebook" and edit.field == "ladder":
            points.add(LADDER)
        if edit.sop:
            sops.add(edit.sop)
        decides = _decides(edit)
        for book in books:
            for sop, clause in _clauses(book, edit):
                owners.add((sop.owner, sop.sop))
                sops.add(sop.sop)
                if set(clause.basis) - {POLICY}:
                    law.add(clause.id)
                if clause.points and decides:
                    points.add(clause.id)
                if decides:
                    severity.add((book.actions[clause.action].severity, clause.id))
        if edit.kind == "clause" and edit.field == "basis":
            law.add(edit.name)
    return _Touched(frozenset(law), frozenset(points), tuple(sorted(severity)), frozenset(sops),
                    tuple(sorted(owners)))  # fmt: skip


def _decides(edit: Edit) -> bool:
    """Whether an edit may change what cases come to, and not only what is read."""
    if edit.kind == "clause":
        return edit.field in LOGIC or edit.field in ("", "from", "until")
    return edit.kind != "law"


def _clauses(book: Rulebook, edit: Edit) -> Iterator[tuple[Sop, Clause]]:
    """The clauses of one version that an edit touches."""
    for sop in book.sops:
        if edit.sop is not None and sop.sop != edit.sop:
            continue
        for clause in sop.clauses:
            if _touches(sop, clause, edit):
                yield sop, clause


def _touches(sop: Sop, clause: Clause, edit: Edit) -> bool:
    if edit.sop is not None:
        if edit.kind == "clause":
            return clause.id == edit.name
        return edit.kind in ("sop", "fact", "definition") and edit.field not in _HARMLESS
    if edit.kind == "law":
        return edit.name in clause.basis
    if edit.kind == "action":
        return clause.action == edit.name and edit.field != "title"
    if edit.kind in ("fact", "list"):
        return edit.field not in _HARMLESS and f'"{edit.name}"' in _text(sop)
    return edit.kind == "rulebook" and edit.field == "impossible"


def _text(sop: Sop) -> str:
    """An SOP as JSON, in which the names of facts and lists are looked for."""
    return json.dumps(form(sop), ensure_ascii=False)


def signatures(market: str, sha: str, base: str) -> list[Signature]:
    """The signatures that stand on a content in place of another, the first first."""
    return list(
        Signature.objects.filter(market=market, sha=sha, base=base, taken_back_at=None)
        .select_related("by")
        .order_by("pk")
    )


def standing_of(needed: Iterable[Need], found: Sequence[Signature]) -> list[Signed]:
    """For each need the signature that meets it: of that role, by someone who met no other."""
    left = list(found)
    told = []
    for need in needed:
        one = next((s for s in left if s.role == need.role), None)
        if one is not None:
            left.remove(one)
        told.append(Signed(need, one))
    return told


def authors_of(market: str, sha: str) -> set[int]:
    """The people who wrote a content: they do not sign it."""
    found: set[int] = set()
    for told in AUTHORS:
        found |= told(market, sha)
    return found


def signed_release(release: Release) -> list[Signed]:
    """Who must sign a release, and who has."""
    book = engine_of(release.sha).rulebook
    return standing_of(
        needs(release.market, release.base, book),
        signatures(release.market, release.sha, release.base),
    )
