"""One self-contained page in every language: no script, no network, ready to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from brightline.i18n import LANGUAGES, language, use

View = Mapping[str, Any]


def page(template: str, view: Callable[[], View]) -> str:
    """The HTML of a template; `view` is called in each language, the one in force first.

    Everything that comes from a rulebook is escaped.
    """
    environment = Environment(
        loader=PackageLoader("brightline.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    first = language()
    views = []
    for lang in (first, *(one for one in LANGUAGES if one != first)):
        with use(lang):
            views.append({"lang": lang, "language": _NAMES[lang], **view()})
    return environment.get_template(template).render(views=views)


_NAMES = {"vi": "Tiếng Việt", "en": "English"}
