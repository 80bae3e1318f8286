"""The app cases."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases, the tasks of people on them, and the decisions."""

    name = "brightline.workbench.cases"
    label = "cases"
