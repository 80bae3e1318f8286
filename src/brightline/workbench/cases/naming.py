"""What markets and queues are called, for people."""

from __future__ import annotations

from brightline.i18n import _, language
from brightline.rulebook.model import Rulebook
from brightline.rulebook.telling_words import in_language
from brightline.workbench.cases.routing import FALLBACK_QUEUE
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of, release_now
from brightline.workbench.rulebooks.models import Release


def markets() -> list[str]:
    """The markets that have a rulebook, in order."""
    return sorted(Release.objects.values_list("market", flat=True).distinct())


def rulebook_of(market: str) -> Rulebook | None:
    """The rulebook in force in a market, if any."""
    try:
        return engine_of(release_now(market).sha).rulebook
    except NoRulebook:
        return None


def queue_words(market: str, queue: str) -> str:
    """What a queue is called in the language in force."""
    if queue == FALLBACK_QUEUE:
        return _("Everything else")
    book = rulebook_of(market)
    known = book.queues.get(queue) if book else None
    return in_language(known.title, language(), queue) if known else queue


def queues_in_words(market: str) -> dict[str, str]:
    """The queues of a market: name to title, in the rulebook's order, that for the rest last."""
    book = rulebook_of(market)
    names = [*(book.queues if book else ()), FALLBACK_QUEUE]
    return {name: queue_words(market, name) for name in names}


def scope_words(market: str, queue: str) -> str:
    """Where a role holds: `VN · Banned goods`, `VN · every queue`, `every market`."""
    if not market and not queue:
        return _("every market")
    place = market or _("every market")
    part = queue_words(market, queue) if queue else _("every queue")
    return f"{place} · {part}"
