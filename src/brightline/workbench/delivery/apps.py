"""The app delivery."""

from __future__ import annotations

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """What leaves the house: webhooks and mail, at least once, and the jobs that send them."""

    name = "brightline.workbench.delivery"
    label = "delivery"
