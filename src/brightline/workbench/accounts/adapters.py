"""How allauth behaves here: accounts are made by an administrator, never by signing up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from brightline.workbench.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No one signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator adds people."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Someone whom the company's login vouches for is let in where an account awaits them."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: an account is made first, with the person's address at work."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join the login to the account with the same verified address."""
        if sociallogin.is_existing:
            return
        verified = [a.email for a in sociallogin.email_addresses if a.verified and a.email]
        found = User.objects.filter(email__in=verified, is_active=True)[:2]
        if len(found) == 1:
            sociallogin.connect(request, found[0])
