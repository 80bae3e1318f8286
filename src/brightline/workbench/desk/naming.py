"""What a request is about, in words: the SOP, and its clause or question."""

from __future__ import annotations

from brightline.i18n import language
from brightline.rulebook.model import Rulebook
from brightline.rulebook.telling_words import in_language
from brightline.workbench.desk.models import Request
from brightline.workbench.rulebooks.in_force import NoRulebook, engine_of, release_now


def _book(market: str) -> Rulebook | None:
    try:
        return engine_of(release_now(market).sha).rulebook
    except NoRulebook:
        return None


def sops_of(market: str) -> list[tuple[str, str]]:
    """The SOPs of a market in force: id and title, by title."""
    book = _book(market)
    found = (
        [(sop.sop, in_language(sop.title, language(), sop.sop)) for sop in book.sops]
        if book
        else []
    )
    return sorted(found, key=lambda pair: pair[1])


def named(request: Request) -> str:
    """`E-cigarettes › EC-2 Liquids`; ids where the rulebook in force does not have them any more;
    empty for a request about no SOP."""
    if not request.sop:
        return ""
    book, lang = _book(request.market), language()
    sop = next((one for one in book.sops if one.sop == request.sop), None) if book else None
    if sop is None or book is None:
        return " › ".join(part for part in (request.sop, request.clause or request.fact) if part)
    said = in_language(sop.title, lang, sop.sop)
    if request.clause:
        clause = next((one for one in sop.clauses if one.id == request.clause), None)
        title = in_language(clause.title, lang) if clause else ""
        return f"{said} › {request.clause} {title}".strip()
    if request.fact:
        fact = sop.facts.get(request.fact) or book.facts.get(request.fact)
        return f"{said} › {in_language(fact.title, lang, request.fact) if fact else request.fact}"
    return said
