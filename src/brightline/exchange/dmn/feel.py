"""S-FEEL unary tests: read as a list of simple tests, or refused by the name of what they use."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from brightline.exchange.yaml_text import number
from brightline.i18n import N_, _
from brightline.rulebook.boxes import FactKey
from brightline.rulebook.model import YES, Fact, Kind
from brightline.rulebook.telling_tests import number_text
from brightline.rulebook.tests import Intervals, Values, number_range, option_ids

Literal = str | float | bool
_NUMBER = r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,2})?"
_TOKEN = re.compile(
    rf"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<range>[\[\](]\s*{_NUMBER}\s*\.\.\s*{_NUMBER}\s*[\]\[)])
    |(?P<sign><=|>=|!=|<|>|=)\s*(?P<than>{_NUMBER}(?![\w.])|"(?:[^"\\]|\\.)*")
    |(?P<number>{_NUMBER}(?![\w.]))|(?P<truth>(?:true|false)(?!\w)))\s*""",
    re.VERBOSE,
)
_NOT = re.compile(r"not\s*\((.*)\)\Z", re.DOTALL)


class NotCarried(Exception):
    """An expression that a rulebook has no place for; `what` names the thing."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True)
class Unary:
    """Tests of which any may hold; `negated`: none may. None at all: anything passes.

    A string or truth is itself; a number is a float; a comparison or range is a pair
    `("test", "< 3")` in the notation of rulebooks.
    """

    items: tuple[Literal | tuple[str, str], ...] = ()
    negated: bool = False

    @property
    def any(self) -> bool:
        """Whether anything passes."""
        return not self.items


def parsed(text: str) -> Unary:
    """The unary tests in a cell. Raises `NotCarried`."""
    text = text.strip()
    if text in ("", "-"):
        return Unary()
    if (inner := _NOT.match(text)) is not None:
        return Unary(_items(inner[1]), True)
    return Unary(_items(text))


def _items(text: str) -> tuple[Literal | tuple[str, str], ...]:
    found: list[Literal | tuple[str, str]] = []
    at = 0
    while True:
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotCarried(_kind_of(text[at:]))
        found.append(_item(match))
        at = match.end()
        if at == len(text):
            return tuple(found)
        if text[at] != ",":
            raise NotCarried(_kind_of(text))
        at += 1


def _item(match: re.Match[str]) -> Literal | tuple[str, str]:
    if match["text"]:
        return string(match["text"])
    if match["truth"]:
        return match["truth"] == "true"
    if match["number"]:
        return float(match["number"])
    if match["sign"]:
        if match["sign"] == "!=":
            raise NotCarried(_("the sign !="))
        if match["sign"] == "=":
            than = match["than"]
            return string(than) if than.startswith('"') else float(than)
        if match["than"].startswith('"'):
            raise NotCarried(_("a comparison of texts"))
        return "test", f"{match['sign']} {number(float(match['than']))}"
    low, high = match["range"][1:-1].split("..")
    opening = "(" if match["range"][0] in "(]" else "["
    closing = ")" if match["range"][-1] in ")[" else "]"
    return "test", f"{opening}{number(float(low))}..{number(float(high))}{closing}"


def string(text: str) -> str:
    """A FEEL string literal as its text. Raises `NotCarried` on an escape that is none."""
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        raise NotCarried(_("the text {text}").format(text=text[:40])) from None


_KINDS: tuple[tuple[str, str], ...] = (
    (
        r"@\s*\"|date\s*\(|time\s*\(|date and time\s*\(|duration\s*\(",
        N_("a date, time or duration"),
    ),
    (r"[\[(\]].*\.\.", N_("a range whose ends are no numbers")),
    (r"function\s*\(", N_("a function of its own")),
    (r"[A-Za-z_][\w .]*\(", N_("a call of a function")),
    (r"(?:if|for|some|every)\b", N_("an expression with if, for, some or every")),
    (r"null\b", N_("null")),
    (r"\{", N_("a context")),
    (r"\[", N_("a list")),
    (r"\?", N_("an expression on ?")),
    (r".*[-+*/]", N_("arithmetic")),
    (r"[A-Za-z_]", N_("a name: another value")),
)


def _kind_of(text: str) -> str:
    """What an expression is that cannot be read, by its look."""
    rest = text.strip()
    for sign in ("<=", ">=", "<", ">", "="):
        rest = rest.removeprefix(sign).lstrip()
    for pattern, words in _KINDS:
        if re.match(pattern, rest):
            return _(words)
    return _("an expression that is no S-FEEL unary test")


def as_test(unary: Unary, names: dict[str, str] | None = None) -> object:
    """The test as a rulebook writes it; `names` gives the option of each text."""
    items = [_written(one, names) for one in unary.items]
    if unary.negated:
        return {"not": items[0] if len(items) == 1 else items}
    return items[0] if len(items) == 1 else items


def _written(item: Literal | tuple[str, str], names: dict[str, str] | None) -> object:
    if isinstance(item, tuple):
        return item[1]
    if isinstance(item, bool):
        return YES if item else "no"
    if isinstance(item, str):
        return names[item] if names is not None else item
    return int(item) if item.is_integer() else item


def cell(fact: Fact, values: Values | None) -> str:
    """The unary tests that exactly these values pass: `-`, `"a","b"`, `not("c")`, `[0..1)`."""
    if values is None:
        return "-"
    if isinstance(values, Intervals):
        low, high = number_range(fact)
        return ",".join(_stretch(a, b, low, high) for a, b in values.parts)
    every = option_ids(fact)
    inside = [name for name in every if name in values]
    outside = [name for name in every if name not in values]
    if not outside:
        return "-"
    if fact.kind is Kind.YES_NO:
        return "true" if inside[0] == YES else "false"
    if len(outside) < len(inside):
        return f"not({_listed(outside)})"
    return _listed(inside)


def _listed(names: list[str]) -> str:
    return ",".join(f'"{name}"' for name in names)


def _stretch(low: float, high: float, least: float, most: float) -> str:
    """Half-open `[low, high)` over the doubles as a test; ends of the fact's range left out."""
    import math

    opens, ends = low > least, high <= most
    first, after = _bound(low)
    last, through = _bound(high)
    if not opens and not ends:
        return "-"
    if not opens:
        return f"{'<=' if through else '<'} {number_text(last)}"
    if not ends:
        return f"{'>' if after else '>='} {number_text(first)}"
    if math.nextafter(low, math.inf) == high:
        return number_text(low)
    return (
        f"{'(' if after else '['}{number_text(first)}..{number_text(last)}{']' if through else ')'}"
    )


def _bound(value: float) -> tuple[float, bool]:
    """A bound as its author wrote it, and whether it is the double just after that."""
    import math

    before = math.nextafter(value, -math.inf)
    if len(number_text(before)) < len(number_text(value)):
        return before, True
    return value, False


__all__ = ["FactKey", "NotCarried", "Unary", "as_test", "cell", "parsed", "string"]
