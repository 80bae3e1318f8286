"""Take a case in: signals read it, the rules decide it; acted on, or put into a queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from brightline.workbench.cases.models import Case, Source, Task, TaskKind
from brightline.workbench.cases.routing import Route

if TYPE_CHECKING:
    from brightline.workbench.accounts.models import User
    from brightline.workbench.cases.pictures import Clean


VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A case as it comes in. `ref` is the platform's own name for it, unique in a market."""

    ref: str
    subject: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    language: str = "vi"
    source: str = Source.PROACTIVE
    seller: str = ""
    risk: float = 0.0
    sample: bool = False
    pictures: tuple[Clean, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a case: `new` is false where the ref was known already."""

    case: Case
    new: bool
    task: Task | None


def receive(market: str, coming: Incoming, by: User | None, at: datetime | None = None) -> Received:
    """Take one case in. A ref that is known gives back what stands, unchanged.

    Raises `NoRulebook`, `CaseError` or `FactError`; nothing is written then.
    """
    from brightline.workbench.cases.actions.receive_many import receive_many

    found = receive_many(market, [coming], by, at)[0]
    if not isinstance(found, Received):
        raise found
    return found


def turn_at(case: Case, kind: TaskKind, way: Route, inclusion: float = 1.0, role: str = "") -> Task:
    """A turn at a case for a queue, not written yet; with `role`, for people of that role only."""
    return Task(
        case=case,
        kind=kind,
        market=case.market,
        queue=way.queue,
        language=case.language,
        urgency=way.urgency,
        due_at=way.due_at,
        senior=kind in (TaskKind.ADJUDICATE, TaskKind.ESCALATION, TaskKind.APPEAL),
        inclusion=inclusion,
        role=role,
    )


def open_task(
    case: Case, kind: TaskKind, way: Route, inclusion: float = 1.0, role: str = ""
) -> Task:
    """Put a turn at a case into a queue; with `role`, for people of that role only."""
    task = turn_at(case, kind, way, inclusion, role)
    task.save(force_insert=True)
    return task
