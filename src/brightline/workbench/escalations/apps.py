"""The app escalations."""

from __future__ import annotations

from django.apps import AppConfig


class EscalationsConfig(AppConfig):
    """Questions handed up, their answers, and the precedents these become."""

    name = "brightline.workbench.escalations"
    label = "escalations"
