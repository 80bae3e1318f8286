"""The periodic jobs of this room."""

from __future__ import annotations

from brightline.workbench.jobs import every
from brightline.workbench.pilots.actions.end_pilot import free_tasks
from brightline.workbench.pilots.actions.watch import A_ROUND, shadow, watch
from brightline.workbench.pilots.models import Kind, Pilot


@every(seconds=10)
def go_on() -> int:
    """Shadows look at new decisions; more than 0 where some are left."""
    done = [
        shadow(one) for one in Pilot.objects.filter(state=Pilot.State.RUNNING, kind=Kind.SHADOW)
    ]
    return int(any(n == A_ROUND for n in done))


@every(seconds=30)
def look_after() -> None:
    """Pilots that do harm are stopped; cases that were drawn as one ended go to everyone."""
    for one in Pilot.objects.filter(state=Pilot.State.RUNNING):
        watch(one)
    for one in Pilot.objects.exclude(state=Pilot.State.RUNNING).filter(kind=Kind.PILOT)[:5]:
        free_tasks(one)
