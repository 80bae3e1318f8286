"""Export the decided cases of a market to its store on files, and say so in the log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.backtests.keeping import Told, keep_decided

if TYPE_CHECKING:
    from brightline.workbench.accounts.models import User


def export_cases(
    market: str, root: Path, by: User | None, *, texts: bool = True, samples: bool = False
) -> Told:
    """What became of the cases and decisions; nothing new leaves no event.

    The files are written first: where the event cannot be written after that, the next export
    finds nothing new, so what is told in the log is never more than what is there. Raises
    `UnusableStore`.
    """
    told = keep_decided(market, root, texts=texts, samples=samples)
    fresh = {name: of.added + of.replaced for name, of in told.items()}
    if any(fresh.values()):
        with transaction.atomic():
            record(
                EventKind.CASES_EXPORTED, by, ("market", market),
                after={"kept_cases": fresh["cases"], "kept_decisions": fresh["decisions"]},
            )  # fmt: skip
    return told
