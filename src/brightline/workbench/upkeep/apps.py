"""The app upkeep."""

from __future__ import annotations

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    """The rulebook's life."""

    name = "brightline.workbench.upkeep"
    label = "upkeep"

    def ready(self) -> None:
        """Open requests where a release edits a legal instrument."""
        from brightline.workbench.upkeep.law_watch import listen

        listen()
