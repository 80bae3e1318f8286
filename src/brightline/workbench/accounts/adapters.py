"""How allauth behaves here: accounts are made by an administrator, and it speaks our languages."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from brightline.i18n import N_, _
from brightline.workbench.accounts.models import User

ERRORS = {
    "account_inactive": N_("This account is closed. Ask your administrator."),
    "enter_current_password": N_("This is not your present password."),
    "incorrect_code": N_("The code is wrong or out of date. Type the one shown now."),
    "incorrect_password": N_("The password is wrong."),
    "too_many_login_attempts": N_("Too many failed attempts. Try again in five minutes."),
    "rate_limited": N_("Too many failed attempts. Try again in five minutes."),
    "username_password_mismatch": N_("The name or the password is wrong. Both are case-sensitive."),
    "cannot_delete_authenticator": N_("The second step cannot be switched off."),
    "cannot_generate_recovery_codes": N_("Switch the second step on first."),
}
"""allauth's errors that a person can meet. It has no Vietnamese, so the words are ours."""
MESSAGES = {
    "account/messages/password_changed.txt": N_(
        "Your password is changed. You were logged out everywhere else."
    ),
    "account/messages/logged_out.txt": N_("You are logged out."),
    "mfa/messages/totp_activated.txt": N_("The second step is switched on."),
    "mfa/messages/totp_deactivated.txt": N_("The second step is switched off."),
    "mfa/messages/recovery_codes_generated.txt": N_("You have new recovery codes."),
}
"""What allauth says when something went well; what is not named here goes without saying."""


def _error(code: str) -> ValidationError:
    words = ERRORS.get(code, N_("This cannot be done. Ask your administrator."))
    return ValidationError(_(words), code=code)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No one signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator adds people."""
        return False

    def validation_error(self, code: str, *_args: Any) -> ValidationError:
        """An error in words of ours."""
        return _error(code)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """A message in words of ours; the others are left out."""
        said = MESSAGES.get(message_template or "")
        if said or message:
            words = _(said) if said else message
            super().add_message(request, level, extra_tags=extra_tags, message=words)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step of logging in."""

    def validation_error(self, code: str, *_args: Any) -> ValidationError:
        """An error in words of ours."""
        return _error(code)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Someone whom the company's login vouches for is let in where an account awaits them."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: an account is made first, with the person's address at work."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join the login to the account with the same verified address, if there is one only."""
        if sociallogin.is_existing:
            return
        verified = [a.email for a in sociallogin.email_addresses if a.verified and a.email]
        found = [
            person
            for address in verified
            for person in User.objects.filter(email__iexact=address, is_active=True)[:2]
        ]
        if len(found) == 1:
            sociallogin.connect(request, found[0])
