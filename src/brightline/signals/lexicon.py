"""The signal `lexicon`: yes where a word of a list stands in the text, or what its kind says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brightline.i18n import _
from brightline.rulebook.model import NO, YES, Kind, Rulebook
from brightline.signals.options import did_you_mean, option_ids, quoted
from brightline.signals.parameters import (
    attribute_problems,
    mapping,
    option_problems,
    value_problem,
    words,
)
from brightline.signals.text import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from brightline.signals.lexicon_reader import LexiconReaders
    from brightline.signals.spec import Request

EXCEPT = "except"
"""The kind of the words that make a hit inside them harmless."""
UNKNOWN = "unknown"
"""`absent: unknown`, the default: that no word is found means nothing."""


class Lexicon:
    """Looks for the words of one or several lists in one or several attributes."""

    name = "lexicon"
    parameters = ("list", "in", "kind", "values", "absent", "disguised")

    def problems(self, request: Request, rulebook: Rulebook) -> list[str]:
        given = request.supply.parameters
        found = list(_kind_problems(request, given))
        found += _list_problems(words(given.get("list")), rulebook)
        found += attribute_problems(words(given.get("in")), request, rulebook, "in")
        found += option_problems(mapping(given.get("values")).values(), request)
        if request.kind.kind is not Kind.NUMBER:
            known = (UNKNOWN, *option_ids(request.kind))
            found += value_problem("absent", given.get("absent"), known, UNKNOWN)
        if not isinstance(given.get("disguised"), bool):
            found += value_problem("disguised", given.get("disguised"), (YES, NO), NO)
        found += _term_kind_problems(given, rulebook)
        return found

    def prepare(self, requests: Sequence[Request], rulebook: Rulebook) -> LexiconReaders:
        from brightline.signals.lexicon_reader import LexiconReaders

        return LexiconReaders(requests, rulebook)


def _kind_problems(request: Request, given: dict[str, object]) -> Iterable[str]:
    if request.kind.kind is Kind.NUMBER:
        yield _("words cannot supply a number; use the signal number")
    elif request.kind.kind is Kind.CHOICE and not mapping(given.get("values")):
        yield _("values is missing: say which kind of word means which option")


def _list_problems(names: Sequence[str], rulebook: Rulebook) -> list[str]:
    if not names:
        return [_("list is missing: name a word list of lexicons/")]
    found = []
    for name in names:
        if name not in rulebook.lexicons:
            found.append(
                _("no word list named {value}; {hint}").format(
                    value=quoted(name), hint=did_you_mean(name, sorted(rulebook.lexicons))
                )
            )
            continue
        found += [
            _("nothing can be seen of the term {value} in the word list {name}").format(
                value=quoted(term.term), name=name
            )
            for term in rulebook.lexicons[name]
            if not normal(term.term)
        ]
    return found


def _term_kind_problems(given: dict[str, object], rulebook: Rulebook) -> list[str]:
    lists = [name for name in words(given.get("list")) if name in rulebook.lexicons]
    known = {term.kind for name in lists for term in rulebook.lexicons[name]} - {EXCEPT}
    values = mapping(given.get("values"))
    found = []
    for kind in (*words(given.get("kind")), *values):
        if kind == EXCEPT:
            found.append(_("words of the kind except make others harmless; they are no hit"))
        elif known and kind not in known:
            found.append(
                _("no term of the kind {value}; {hint}").format(
                    value=quoted(kind), hint=did_you_mean(kind, sorted(known))
                )
            )
    return found
