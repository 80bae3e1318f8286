"""What a comparison of two versions says, laid out for a page, a terminal or a machine."""

from __future__ import annotations

import difflib
import re
from dataclasses import asdict, dataclass
from typing import Any

from brightline.i18n import LANGUAGES, _, format_date, language, ngettext, use
from brightline.rulebook.comparing.comparison import Comparison, SopComparison
from brightline.rulebook.comparing.telling import Teller, ToldChange, ToldQuestion
from brightline.rulebook.comparing.telling_edits import EditTeller, ToldEdit


@dataclass(frozen=True)
class SopView:
    """One SOP that differs, in the language in force. `state`: new, gone, or empty."""

    name: str
    title: str
    state: str
    note: str
    changes: list[ToldChange]
    questions: list[ToldQuestion]
    edits: list[ToldEdit]


def sop_views(comparison: Comparison) -> list[SopView]:
    """The SOPs that differ, in words."""
    return [_sop(comparison, sop) for sop in comparison.sops if not sop.same]


def shared_edits(comparison: Comparison) -> list[ToldEdit]:
    """What is written differently outside the SOPs, in words."""
    teller = EditTeller(comparison.old, comparison.new, language())
    return [teller.told(edit) for edit in comparison.shared]


def _sop(comparison: Comparison, sop: SopComparison) -> SopView:
    teller = Teller(comparison, sop)
    words = EditTeller(comparison.old, comparison.new, language())
    told = [words.told(edit) for edit in sop.written]
    state = "new" if sop.old is None else "gone" if sop.new is None else ""
    note = ""
    if not sop.changes and any(edit.decides for edit in told):
        note = _("Conditions are written differently, but no case comes to anything else.")
    if sop.old is not None and sop.new is not None and sop.old.sop != sop.new.sop:
        note = _("Formerly {name}.").format(name=sop.old.sop)
    if sop.coarse:
        note = _(
            "This SOP is too large to say of which cases a fact must be known; told are only "
            "facts that matter at all in one of the two versions."
        )
    if state:
        told = []  # the SOP itself is the change
    return SopView(
        sop.name, teller.title(), state, note, teller.changes(), teller.questions(), told
    )


def lead(comparison: Comparison) -> str:
    """What changed, in one sentence."""
    if comparison.same:
        return _("Both versions say and decide the same.")
    changes = sum(len(sop.changes) for sop in comparison.sops)
    sops = sum(not sop.same for sop in comparison.sops)
    if not changes:
        return _("The wording differs; no case comes to anything else.")
    told = ngettext(
        "{n} change of what cases come to", "{n} changes of what cases come to", changes
    ).format(n=changes)
    among = ngettext("in {n} SOP", "in {n} SOPs", sops).format(n=sops)
    return _("{changes}, {sops}.").format(changes=told, sops=among)


def later(comparison: Comparison) -> str:
    """A reminder of rules that come into force, or run out, after the day compared; or nothing."""
    if not comparison.later:
        return ""
    days = ", ".join(format_date(day) for day in comparison.later[:5])
    return _("More changes take effect later: compare as of {days} too.").format(days=days)


def proved() -> str:
    """What the reader may rely on."""
    return _(
        "Proved: apart from the cases told here, every case that both versions can express comes "
        "to the same clause, action and points."
    )


WORD_BY_WORD = 8
"""Texts of so many words or more are compared word by word."""


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    """Two texts as one, word by word: what stayed, what went (`del`), what came (`ins`).

    Short ones are given whole: of `6 seconds` and `8 seconds` nobody wants to read `68 seconds`.
    """
    if max(len(before.split()), len(after.split())) < WORD_BY_WORD:
        return [(op, text) for op, text in (("del", before), ("ins", after)) if text]
    one, other = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    found: list[tuple[str, str]] = []
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(("", "".join(one[a:b])))
            continue
        if a < b:
            found.append(("del", "".join(one[a:b])))
        if c < d:
            found.append(("ins", "".join(other[c:d])))
    return found


def as_dict(comparison: Comparison) -> dict[str, Any]:
    """The comparison as JSON data; every text in every language."""
    views = {}
    shared = {}
    for lang in LANGUAGES:
        with use(lang):
            views[lang] = sop_views(comparison)
            shared[lang] = shared_edits(comparison)
    differing = [sop for sop in comparison.sops if not sop.same]
    return {
        "old": comparison.old.sha,
        "new": comparison.new.sha,
        "as_of": comparison.on.isoformat(),
        "same": comparison.same,
        "later": [day.isoformat() for day in comparison.later],
        "sops": [
            _sop_dict(sop, {lang: views[lang][number] for lang in LANGUAGES})
            for number, sop in enumerate(differing)
        ],
        "shared": _both([[asdict(e) for e in shared[lang]] for lang in LANGUAGES]),
    }


def _sop_dict(sop: SopComparison, views: dict[str, SopView]) -> dict[str, Any]:
    one = views[LANGUAGES[0]]
    clauses = _Clauses(sop)
    told = [[asdict(change) for change in views[lang].changes] for lang in LANGUAGES]
    changes = _both(told)
    for change, made in zip(changes, sop.changes, strict=True):
        change["kind"] = str(made.kind)
        for flow, raw in zip(change["flows"], made.flows, strict=True):
            flow["before_clause"] = clauses.old(raw.old)
            flow["now_clause"] = clauses.new(raw.new)
    return {
        "sop": sop.name,
        "was": sop.old.sop if sop.old is not None else None,
        "state": one.state or "changed",
        "title": {lang: views[lang].title for lang in LANGUAGES},
        "changes": changes,
        "questions": _both([[asdict(q) for q in views[lang].questions] for lang in LANGUAGES]),
        "written": _both([[asdict(e) for e in views[lang].edits] for lang in LANGUAGES]),
    }


class _Clauses:
    """Clauses of both versions as JSON gives them."""

    def __init__(self, sop: SopComparison) -> None:
        self.difference = sop.difference

    def old(self, clause: int) -> dict[str, Any] | None:
        """A clause of the old version by its index; None where no clause applies."""
        return self._of(clause, new=False)

    def new(self, clause: int) -> dict[str, Any] | None:
        """The same of the new version."""
        return self._of(clause, new=True)

    def _of(self, clause: int, *, new: bool) -> dict[str, Any] | None:
        assert self.difference is not None
        if clause < 0:
            return None
        side = self.difference.new if new else self.difference.old
        of = side.table.clauses[clause].clause
        return {"clause": of.id, "action": of.action, "points": of.points}


_WORDS = ("heading", "question", "common", "either", "example", "what", "before", "after", "now")
"""Keys of what is told in words: their values become language → text."""


def _both(views: list[Any], told: bool = False) -> Any:
    """The same data in several languages as one."""
    one = views[0]
    if isinstance(one, dict):
        return {key: _both([view[key] for view in views], key in _WORDS) for key in one}
    if isinstance(one, (list, tuple)):
        return [_both(list(parts), told) for parts in zip(*views, strict=True)]
    return dict(zip(LANGUAGES, views, strict=True)) if told else one
