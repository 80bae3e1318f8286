"""The app sellers."""

from __future__ import annotations

from django.apps import AppConfig


class SellersConfig(AppConfig):
    """What sellers get and may do: statements of reasons, points, appeals."""

    name = "brightline.workbench.sellers"
    label = "sellers"

    def ready(self) -> None:
        """Follow every decision that comes into force."""
        from brightline.workbench.cases.actions.conclude import decided
        from brightline.workbench.sellers.following import follow

        decided.connect(follow, dispatch_uid="brightline.sellers")
