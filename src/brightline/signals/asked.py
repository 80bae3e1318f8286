"""What a rulebook asks of signals: every `from:` entry of every fact, in file order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brightline.signals.spec import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from brightline.rulebook.model import Fact, Rulebook


def facts_of(rulebook: Rulebook, subject: str | None = None) -> Iterator[tuple[str, Fact]]:
    """The facts a case of a subject may have: shared ones, then those of the subject's SOPs.

    Each with its full name (`category`, `sop.fact`). Without a subject, all facts.
    """
    yield from rulebook.facts.items()
    for sop in rulebook.sops:
        if subject is None or sop.subject == subject:
            for name, fact in sop.facts.items():
                yield f"{sop.sop}.{name}", fact


def requests_of(name: str, fact: Fact) -> list[Request]:
    """The `from:` entries of a fact; the first that knows supplies it."""
    return [Request(name, fact, supply, supply.trust or fact.trust) for supply in fact.supplied_by]
