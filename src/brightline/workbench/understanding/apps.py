"""The app understanding."""

from __future__ import annotations

from django.apps import AppConfig


class UnderstandingConfig(AppConfig):
    """Notices of what a release changes, quizzes on it, and who has understood."""

    name = "brightline.workbench.understanding"
    label = "understanding"

    def ready(self) -> None:
        """Stand at the gate before the queues; add to the pages of releases."""
        from brightline.workbench.cases.gates import GATES
        from brightline.workbench.releasing.page_parts import PARTS, Part
        from brightline.workbench.understanding.gate import barred
        from brightline.workbench.understanding.on_release import beside_release

        if barred not in GATES:
            GATES.append(barred)
        PARTS.append(Part("understanding/on_release.html", beside_release))
