"""The app api."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Cases in by program and by file: the JSON API, its keys, uploads."""

    name = "brightline.workbench.api"
    label = "api"
