"""The app backtests."""

from __future__ import annotations

from django.apps import AppConfig


class BacktestsConfig(AppConfig):
    """Decided cases on files, and back-tests on them."""

    name = "brightline.workbench.backtests"
    label = "backtests"
