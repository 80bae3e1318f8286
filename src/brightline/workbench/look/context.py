"""What every page knows: who is there, what they may do, and where they can go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from brightline.i18n import LANGUAGES, language
from brightline.workbench.accounts.may import grants_of, may
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.look.places import PLACES, Place


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


def _here(path: str, places: Sequence[Place]) -> Place | None:
    """The place that a page belongs to: the one whose address it lies deepest in."""
    found = [
        (len(start), place)
        for place in places
        for start in (reverse(name) for name in (place.name, place.also) if name)
        if f"{path.rstrip('/')}/".startswith(start.rstrip("/") + "/")
    ]
    return max(found, key=lambda one: one[0])[1] if found else None


def _menu(request: HttpRequest) -> list[Way]:
    """The doors of a person; by area where they are many."""
    person = getattr(request, "user", None)
    if person is None or not grants_of(person):
        return []
    from brightline.i18n import _

    own = [place for place in PLACES if may(person, Permission(place.permission))]
    place_here = _here(request.path, own)
    around = place_here or _here(request.path, PLACES)  # or behind a door that is not their own
    lit = around.area if around else ""
    areas: dict[str, list[Way]] = {}
    for place in own:
        way = Way(_(place.words), reverse(place.name), place is place_here, place.name)
        areas.setdefault(place.area, []).append(way)
    ways = [way for inside in areas.values() for way in inside]
    if len(ways) <= MOST_DOORS or len(areas) == 1:
        return ways
    return [
        Way(_(area), inside[0].address, area == lit, area, tuple(inside))
        for area, inside in areas.items()
    ]
