"""The app look."""

from __future__ import annotations

from django.apps import AppConfig


class LookConfig(AppConfig):
    """How every page looks and speaks: templates, components, words, errors."""

    name = "brightline.workbench.look"
    label = "look"
