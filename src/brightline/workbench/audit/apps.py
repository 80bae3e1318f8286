"""The app audit."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What happened: one append-only event an act, chained by hashes."""

    name = "brightline.workbench.audit"
    label = "audit"
