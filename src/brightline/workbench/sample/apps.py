"""The app sample."""

from __future__ import annotations

from django.apps import AppConfig


class SampleConfig(AppConfig):
    """Made-up people, cases and decisions for the demonstration."""

    name = "brightline.workbench.sample"
    label = "sample"
