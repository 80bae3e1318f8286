"""The words and numbers of a back-test's page: actions by name, kinds of change, signs."""

from __future__ import annotations

from collections.abc import Mapping

from brightline.backtesting.results import Backtest, Kind
from brightline.i18n import _, format_number, language
from brightline.rulebook.model import MANUAL_REVIEW
from brightline.rulebook.telling_words import in_language

_TONES = {
    Kind.SAME: "same",
    Kind.OPEN_SAME: "same-open",
    Kind.STRICTER: "strict",
    Kind.MILDER: "mild",
    Kind.OTHER_ACTION: "other",
    Kind.OTHER_CLAUSES: "other",
    Kind.OPENED: "open",
    Kind.SETTLED: "open",
    Kind.OPEN: "open",
}


class Actions:
    """The actions of both versions by name; `order`: from the least severe, open ones last."""

    def __init__(self, found: Backtest) -> None:
        self._titles = {one.action: one.title for one in found.actions}
        self.order = [*(one.action for one in found.actions), MANUAL_REVIEW]
        self._rank = {action: rank for rank, action in enumerate(self.order)}

    def title(self, action: str) -> str:
        """What an action is called, in the language in force."""
        if action == MANUAL_REVIEW:
            return _("not determined")
        return spoken(self._titles.get(action), action)

    def tone(self, old: str, new: str) -> str:
        """Which way a case moves between two actions."""
        if MANUAL_REVIEW in (old, new):
            return "open"
        rank, now = self._rank.get(old, 0), self._rank.get(new, 0)
        return "same" if rank == now else "strict" if now > rank else "mild"

    def change(self, old: str, new: str) -> str:
        """An action that became another; one alone where it is the same."""
        if old == new or not old or not new:
            return self.title(new or old)
        return f"{self.title(old)} → {self.title(new)}"


def spoken(text: Mapping[str, str] | None, instead: str = "") -> str:
    """A text in the language in force, else in any it has, else `instead`."""
    return in_language(dict(text) if text else None, language(), instead)


def tone(kind: Kind) -> str:
    """The colour that a kind of change has throughout the page."""
    return _TONES[kind]


def kind_name(kind: Kind) -> str:
    """A kind of change in a word or two."""
    return {
        Kind.SAME: _("No change"),
        Kind.OTHER_CLAUSES: _("Other clauses or points"),
        Kind.STRICTER: _("More severe"),
        Kind.MILDER: _("Less severe"),
        Kind.OTHER_ACTION: _("Other action, as severe"),
        Kind.OPENED: _("Open now"),
        Kind.SETTLED: _("Settled now"),
        Kind.OPEN_SAME: _("Open in both, no difference"),
        Kind.OPEN: _("Open in both, may differ"),
    }[kind]


def kind_text(kind: Kind) -> str:
    """What a kind of change is."""
    return {
        Kind.SAME: _("Decided alike in both versions."),
        Kind.OTHER_CLAUSES: _("The action stays; clauses or points are others."),
        Kind.STRICTER: _("The action is more severe than before."),
        Kind.MILDER: _("The action is less severe than before."),
        Kind.OTHER_ACTION: _("Another action of the same severity."),
        Kind.OPENED: _("Decided before; now a fact matters that is not on file."),
        Kind.SETTLED: _("Open before; the facts on file settle it now."),
        Kind.OPEN_SAME: _("A fact is missing, but both versions come to the same whatever it is."),
        Kind.OPEN: _("A fact is missing, and with it the versions may differ."),
    }[kind]


def words() -> dict[str, str]:
    """The fixed words of the page."""
    return {
        "language": _("Language"),
        "before": _("Before"),
        "now": _("Now"),
        "change": _("Change"),
        "cases": _("cases"),
        "of_cases": _("of cases"),
        "gained": _("gained"),
        "lost": _("lost"),
        "new": _("new"),
        "gone": _("gone"),
        "action": _("action"),
        "changed": _("changed"),
        "strict": _("more severe"),
        "mild": _("less severe"),
        "open": _("open before → now"),
        "all": _("all"),
        "total": _("total"),
        "kinds": _("What becomes of the cases"),
        "flows": _("From action to action"),
        "matrix": _("Actions before (down) and now (across); only those that cases move between."),
        "bounds": _("Cases by action"),
        "bounds_note": _(
            "Solid: cases that surely get the action. Pale: cases whose stored facts leave it "
            "open; the true number lies within the bar."
        ),
        "sops": _("Faults found, by SOP"),
        "clauses": _("Clauses reported"),
        "week": _("By week"),
        "missing": _("What the open cases hang on"),
        "missing_note": _(
            "Share of the cases that are open now. A case may hang on several facts."
        ),
        "agreement": _("Beside what moderators decided"),
        "human": _("moderator"),
        "effort": _("Questions and time"),
        "interval": _("change (95 % interval)"),
        "told": _("Cases that show it"),
        "facts": _("Facts on file"),
        "more": _("and more that are not shown:"),
        "none": _("None of these."),
        "unknown_human": _("cases have an action of moderators that neither version knows:"),
        "foot": _(
            "Both versions are taken as they stand on the day named above, whenever the cases "
            "were. Nothing is guessed: a case counts as decided only if its stored facts settle it."
        ),
    }


def count(number: int) -> str:
    """A number of cases."""
    return format_number(number)


def signed(number: int) -> str:
    """A change, with its sign."""
    if not number:
        return "0"
    return ("+" if number > 0 else "−") + format_number(abs(number))


def signed_decimal(number: float) -> str:
    """A change to one decimal, with its sign."""
    return ("−" if number < 0 else "+") + format_number(abs(number), 1)


def percent(part: float, whole: float) -> str:
    """A share in per cent, to one decimal; a very small one is not shown as none."""
    if whole and 0 < part / whole < 0.0005:
        return f"< {format_number(0.1, 1)} %"
    return f"{format_number(100 * part / whole, 1)} %" if whole else "–"
