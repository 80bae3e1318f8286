"""The periodic jobs of this room."""

from __future__ import annotations

from brightline.workbench.jobs import every
from brightline.workbench.releasing.sweeping.working import work_sweeps

every(seconds=2)(work_sweeps)
