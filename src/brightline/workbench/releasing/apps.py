"""The app releasing."""

from __future__ import annotations

from django.apps import AppConfig


class ReleasingConfig(AppConfig):
    """Releases put to work: their pages, and what becomes of cases under a new one."""

    name = "brightline.workbench.releasing"
    label = "releasing"
