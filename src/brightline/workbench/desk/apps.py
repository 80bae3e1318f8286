"""The app desk."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Requests for a change of the rules, from everyone."""

    name = "brightline.workbench.desk"
    label = "desk"

    def ready(self) -> None:
        """Listen to the log: what people find unclear comes in by itself."""
        from brightline.workbench.desk.intake import listen

        listen()
