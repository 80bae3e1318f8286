"""The app console."""

from __future__ import annotations

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The moderator's one screen."""

    name = "brightline.workbench.console"
    label = "console"
