"""The app sellers."""

from __future__ import annotations

from django.apps import AppConfig


class SellersConfig(AppConfig):
    """What sellers get and may do: statements of reasons, points, appeals."""

    name = "brightline.workbench.sellers"
    label = "sellers"
