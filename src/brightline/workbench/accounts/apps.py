"""The app accounts."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who people are, what they may do, and why."""

    name = "brightline.workbench.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen for what allauth does by itself, so that the log knows of it too."""
        from allauth.account.signals import password_changed
        from allauth.mfa.signals import authenticator_added, authenticator_removed

        password_changed.connect(_password_changed, dispatch_uid="accounts")
        authenticator_added.connect(_second_step_on, dispatch_uid="accounts")
        authenticator_removed.connect(_second_step_off, dispatch_uid="accounts")


def _password_changed(user: Any, request: Any, **_more: Any) -> None:
    from brightline.workbench.accounts.actions.change_password import own_password_changed

    own_password_changed(user, request.session.session_key)


def _second_step_on(user: Any, authenticator: Any, **_more: Any) -> None:
    _second_step(user, authenticator, True)


def _second_step_off(user: Any, authenticator: Any, **_more: Any) -> None:
    _second_step(user, authenticator, False)


def _second_step(user: Any, authenticator: Any, on: bool) -> None:
    from brightline.workbench.accounts.actions.change_password import second_step_changed

    if authenticator.type == "totp":
        second_step_changed(user, on)
