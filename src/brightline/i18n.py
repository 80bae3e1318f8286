"""Words and numbers in the reader's language: Vietnamese and English, through gettext.

The source strings are English. `_("…")` looks one up at the moment it is called, so call it where
the sentence is made; a table built when its module is imported holds `N_("…")` and calls `_` later.
The placeholders are named: `_("{count} rows").format(count=3)`.

The current language belongs to the context (`contextvars`): a request or a task may have its own,
and a new thread starts with `default_language()`. Where the compiled catalogue is missing, the
words are English and nothing fails; a test keeps it present. gettext itself is loaded by the first
word that is not English, so that importing this module is nearly free.
"""

from __future__ import annotations

import os
from contextvars import ContextVar, Token

TYPE_CHECKING = False  # type checkers take it for true; importing typing would cost more than us
if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from gettext import NullTranslations
    from types import TracebackType

LANGUAGES = ("vi", "en")
SOURCE_LANGUAGE = "en"
DOMAIN = "brightline"
LOCALE_DIR = os.path.join(os.path.dirname(__file__), "locale")  # see above

_catalogues: dict[str, NullTranslations] = {}
_current: ContextVar[str | None] = ContextVar("brightline_language", default=None)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def default_language() -> str:
    """The language of the surroundings: BRIGHTLINE_LANG, else the locale's, else English.

    Of LC_ALL, LC_MESSAGES and LANG the first that is set counts, as everywhere in POSIX.
    """
    wanted = _primary(os.environ.get("BRIGHTLINE_LANG", ""))
    if wanted in LANGUAGES:
        return wanted
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if locale := os.environ.get(variable):
            return "vi" if _primary(locale) == "vi" else SOURCE_LANGUAGE
    return SOURCE_LANGUAGE


def _primary(locale: str) -> str:
    """`vi` of `vi_VN.UTF-8`, `vi-VN` or `VI`."""
    return locale.replace("-", "_").split(".")[0].split("_")[0].strip().lower()


def language() -> str:
    """The language in force here: one of `LANGUAGES`."""
    return _current.get() or default_language()


def set_language(lang: str) -> None:
    """Put a language in force for the rest of this context; raises `ValueError` if unknown."""
    _current.set(_known(lang))


class use:  # reads as a verb: `with use("vi"):`
    """Put a language in force inside a `with`; raises `ValueError` on an unknown one."""

    def __init__(self, lang: str) -> None:
        self._lang = _known(lang)
        self._tokens: list[Token[str | None]] = []

    def __enter__(self) -> None:
        self._tokens.append(_current.set(self._lang))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _current.reset(self._tokens.pop())


def _known(lang: str) -> str:
    if lang not in LANGUAGES:
        raise ValueError(f"{lang!r} is not one of the languages {', '.join(LANGUAGES)}")
    return lang


def _(message: str) -> str:
    """A source string in the language in force."""
    lang = language()
    return message if lang == SOURCE_LANGUAGE else _catalogue(lang).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of a source string that fits a number, in the language in force."""
    lang = language()
    if lang == SOURCE_LANGUAGE:
        return singular if n == 1 else plural
    return _catalogue(lang).ngettext(singular, plural, n)


def N_(message: str) -> str:  # gettext's own name for it, known to the extractor
    """Mark a source string for translation and leave it as it is; `_` translates it later."""
    return message


def _catalogue(lang: str) -> NullTranslations:
    if lang not in _catalogues:
        import gettext  # only who reads another language pays for it

        try:
            _catalogues[lang] = gettext.translation(DOMAIN, LOCALE_DIR, [lang])
        except (OSError, ValueError):
            _catalogues[lang] = gettext.NullTranslations()
    return _catalogues[lang]


def format_number(value: float | Decimal, decimals: int | None = None) -> str:
    """A number with its thousands grouped: 1.250.000,5 in Vietnamese, 1,250,000.5 in English.

    `decimals` rounds to that many places and keeps them all; without it the number is written as
    exactly as it is held, never in powers of ten.
    """
    from decimal import Decimal  # a `--help` needs no numbers

    exact = Decimal(str(value))
    text = f"{exact:,f}" if decimals is None else f"{exact:,.{decimals}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_SWAPPED) if language() == "vi" else text


_SWAPPED = str.maketrans(",.", ".,")


def format_date(value: date) -> str:
    """A day: 30/06/2026 in Vietnamese; 30 Jun 2026 in English, where 06/07 has two readings."""
    if language() == "vi":
        return f"{value.day:02}/{value.month:02}/{value.year}"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def format_duration(seconds: float) -> str:
    """A length of time in its two largest units, rounded: 2 hours 5 minutes, or 40 seconds.

    Raises `ValueError` when it is negative.
    """
    if seconds < 0:
        raise ValueError("a duration is not negative")
    if 0 < seconds < 1:
        return _("less than a second")
    smallest = 1 if seconds < 3600 else 60 if seconds < 86400 else 3600  # hour, day
    whole = round(seconds / smallest) * smallest
    days, hours, minutes, left = (
        whole // 86400,
        whole % 86400 // 3600,
        whole % 3600 // 60,
        whole % 60,
    )
    parts = (
        (days, ngettext("{n} day", "{n} days", days)),
        (hours, ngettext("{n} hour", "{n} hours", hours)),
        (minutes, ngettext("{n} minute", "{n} minutes", minutes)),
        (left, ngettext("{n} second", "{n} seconds", left)),
    )
    words = [words.format(n=format_number(n)) for n, words in parts if n]
    return " ".join(words[:2] or [ngettext("{n} second", "{n} seconds", 0).format(n=0)])
