"""The app delivery."""

from __future__ import annotations

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """What leaves the house: webhooks and mail, at least once, and the jobs that send them."""

    name = "brightline.workbench.delivery"
    label = "delivery"

    def ready(self) -> None:
        """Listen to the audit log."""
        from brightline.workbench.delivery.telling import listen

        listen()
