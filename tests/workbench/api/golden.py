"""The golden cases of the Vietnamese rulebook, as they would come in."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from brightline.rulebook.model import Rulebook
from brightline.workbench.cases.actions.receive import Incoming

RULEBOOK = Path(__file__).resolve().parents[3] / "rulebooks" / "vietnam"


@cache
def vietnam() -> Rulebook:
    """The Vietnamese rulebook."""
    from brightline.commands.inputs import read_rulebook

    return read_rulebook(str(RULEBOOK))


@cache
def golden_cases() -> tuple[Incoming, ...]:
    """Every golden case, in the order of the files."""
    found = []
    for file in sorted((RULEBOOK / "cases").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            case = json.loads(line)
            found.append(
                Incoming(
                    ref=f"{file.stem}/{case['id']}",
                    subject=case.get("subject", "listing"),
                    attributes=case.get("attributes", {}),
                    facts=case.get("facts", {}),
                )
            )
    return tuple(found)
