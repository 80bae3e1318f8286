"""The templates' environment: Jinja2, our gettext, and the filters that write numbers and days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from brightline import i18n
from brightline.workbench.accounts.permissions import Permission


def environment(**options: Any) -> Environment:
    """The environment that Django's Jinja2 backend uses."""
    options["undefined"] = StrictUndefined
    made = Environment(
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        i18n._,
        i18n.ngettext,
        newstyle=True,
    )
    made.globals["_"] = made.globals["gettext"] = said
    made.globals.update(static=static, url=_url, P=Permission, now=timezone.now)
    made.filters.update(
        number=i18n.format_number, day=day, moment=moment, markdown=markdown, duration=duration
    )
    return made


_said: dict[tuple[str, str], Markup] = {}


def said(text: str, **values: object) -> Markup:
    """A template's text in the language in force, with values in it; plain ones are kept.

    Does what Jinja's own does, which works a text out again for every line of a list.
    """
    if values:
        return Markup(i18n._(text)) % values
    key = i18n.language(), text
    if key not in _said:
        _said[key] = Markup(i18n._(text)) % {}
    return _said[key]


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def day(value: date | datetime | None) -> str:
    """A day where people are: 30/06/2026; nothing for None."""
    if value is None:
        return ""
    return i18n.format_date(timezone.localtime(value) if isinstance(value, datetime) else value)


def moment(value: datetime | None) -> str:
    """A day and time where people are: 30/06/2026 14:05; nothing for None."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{i18n.format_date(local)} {local:%H:%M}"


def duration(seconds: float) -> str:
    """A length of time in its two largest units."""
    return i18n.format_duration(max(0.0, seconds))


def markdown(text: str) -> Markup:
    """A rulebook's markdown as HTML; anything that looks like HTML in it stays text."""
    from brightline.reports.guide.markdown import as_html

    return as_html(text)
