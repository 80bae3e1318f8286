"""The app queues."""

from __future__ import annotations

from django.apps import AppConfig


class QueuesConfig(AppConfig):
    """Watching and steering the queues; reading cases."""

    name = "brightline.workbench.queues"
    label = "queues"
