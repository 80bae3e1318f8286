"""The app rulebooks."""

from __future__ import annotations

from django.apps import AppConfig


class RulebooksConfig(AppConfig):
    """The rulebooks in force: releases, and the engines compiled from them."""

    name = "brightline.workbench.rulebooks"
    label = "rulebooks"
