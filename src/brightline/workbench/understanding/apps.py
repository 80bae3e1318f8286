"""The app understanding."""

from __future__ import annotations

from django.apps import AppConfig


class UnderstandingConfig(AppConfig):
    """Notices of what a release changes, quizzes on it, and who has understood."""

    name = "brightline.workbench.understanding"
    label = "understanding"

    def ready(self) -> None:
        """Stand at the gate before the queues."""
        from brightline.workbench.cases.gates import GATES
        from brightline.workbench.understanding.gate import barred

        if barred not in GATES:
            GATES.append(barred)
