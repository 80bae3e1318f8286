"""The periodic jobs of this room."""

from __future__ import annotations

from brightline.workbench.desk.impact import weigh_all
from brightline.workbench.jobs import every

every(seconds=900)(weigh_all)
