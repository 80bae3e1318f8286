"""A part of a page, drawn by itself: without what only a whole page needs, such as the menu."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.template import engines

from brightline.i18n import language
from brightline.workbench.accounts.may import may


def fragment(request: HttpRequest, template: str, **context: Any) -> str:
    """The HTML of a template that draws a part of a page; it knows `may` and `language`."""
    environment = engines["jinja2"].env  # type: ignore[attr-defined]
    known = {"may": partial(may, request.user), "language": language()}
    return str(environment.get_template(template).render(known | context))
