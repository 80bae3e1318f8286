"""Pilots for tests."""

from __future__ import annotations

from brightline.workbench.pilots.drawing import forget
from brightline.workbench.pilots.models import Pilot
from brightline.workbench.understanding.actions.announce import read_it
from brightline.workbench.understanding.models import Announcement


def all_read(pilot: Pilot) -> Pilot:
    """Everyone of its group has read what they were told."""
    for one in Announcement.objects.filter(key__startswith=f"pilot:{pilot.pk}:"):
        for row in one.told.select_related("person"):
            read_it(one, row.person)
    forget()
    return pilot
