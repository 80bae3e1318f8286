"""The app records."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """What happened, for whoever asks: the pages of the log, and the check of it all."""

    name = "brightline.workbench.records"
    label = "records"
