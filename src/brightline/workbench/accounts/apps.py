"""The app accounts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who people are, what they may do, and why."""

    name = "brightline.workbench.accounts"
    label = "accounts"
