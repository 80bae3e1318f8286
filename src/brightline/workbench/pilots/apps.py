"""The app pilots."""

from __future__ import annotations

from django.apps import AppConfig


class PilotsConfig(AppConfig):
    """Drafts of rulebooks tried beside the one in force: in the shadow, and as pilots by lot."""

    name = "brightline.workbench.pilots"
    label = "pilots"

    def ready(self) -> None:
        """Draw arriving cases, count the groups, keep the drafts' rulebooks, mark their cases."""
        from brightline.workbench.accounts.may import CIRCLES
        from brightline.workbench.accounts.permissions import Permission
        from brightline.workbench.cases.arms import DRAWERS
        from brightline.workbench.cases.page_parts import PARTS, Part
        from brightline.workbench.pilots.drawing import LOTS, circles_of
        from brightline.workbench.pilots.on_case import form_of, on_case
        from brightline.workbench.rulebooks.in_force import FORMS

        if LOTS not in DRAWERS:
            DRAWERS.append(LOTS)
            CIRCLES.append(circles_of)
            FORMS.append(form_of)
            PARTS.append(Part("pilots/on_case.html", on_case, Permission.PILOTS_PILOT_READ))
