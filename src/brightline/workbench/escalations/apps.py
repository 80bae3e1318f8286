"""The app escalations."""

from __future__ import annotations

from django.apps import AppConfig


class EscalationsConfig(AppConfig):
    """Questions handed up, their answers, and the precedents these become."""

    name = "brightline.workbench.escalations"
    label = "escalations"

    def ready(self) -> None:
        """Listen to decisions: one may settle a question, or hand its case on."""
        from brightline.workbench.audit.recording import sealed
        from brightline.workbench.cases.actions.conclude import decided, measured
        from brightline.workbench.escalations.following import on_decided, on_measured
        from brightline.workbench.escalations.precedents import number

        measured.connect(on_measured, dispatch_uid="escalations.measuring")
        sealed.connect(number, dispatch_uid="escalations.numbering")
        decided.connect(on_decided, dispatch_uid="escalations.following")
