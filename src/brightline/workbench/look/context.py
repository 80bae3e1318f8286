"""What every page knows: who is there, what they may do, and where they can go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from brightline.i18n import LANGUAGES, language
from brightline.workbench.accounts.may import grants_of, may
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.look.places import PLACES


@dataclass(frozen=True, slots=True)
class Way:
    """An entry of the menu. `here` marks the page one is on; `inside` holds an area's doors."""

    words: str
    address: str
    here: bool
    key: str
    inside: tuple[Way, ...] = ()


MOST_DOORS = 7
"""So many doors stand side by side; more are grouped by area."""


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of every template."""
    person = getattr(request, "user", None)
    return {
        "language": language(),
        "languages": LANGUAGES,
        "person": person,
        "may": partial(may, person) if person is not None else _nothing,
        "menu": _menu(request),
        "theme": getattr(person, "theme", "system"),
        "company_login": _company_login(),
    }


def _company_login() -> str:
    """What the company's login is called on its button; empty where there is none."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", ())
    return next((str(app["name"]) for app in apps), "")


def _nothing(*_args: Any) -> bool:
    return False


def _menu(request: HttpRequest) -> list[Way]:
    """The doors of a person; by area where they are many."""
    person = getattr(request, "user", None)
    if person is None or not grants_of(person):
        return []
    from brightline.i18n import _

    areas: dict[str, list[Way]] = {}
    around = ""
    for place in PLACES:
        address = reverse(place.name)
        here = request.path == address or request.path.startswith(address.rstrip("/") + "/")
        around = place.area if here else around  # also behind a door that is not the person's own
        if may(person, Permission(place.permission)):
            way = Way(_(place.words), address, here, place.name)
            areas.setdefault(place.area, []).append(way)
    ways = [way for inside in areas.values() for way in inside]
    if len(ways) <= MOST_DOORS or len(areas) == 1:
        return ways
    return [
        Way(_(area), inside[0].address, area == around, area, tuple(inside))
        for area, inside in areas.items()
    ]
