"""What a password must hold, and the form that changes one: checks of others in words of ours."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm
from django.contrib.auth import password_validation as django
from django.core.exceptions import ValidationError

from brightline.i18n import _


class LongEnough(django.MinimumLengthValidator):
    """At least so many characters."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises `ValidationError`."""
        if len(password) < self.min_length:
            said = _("The password is too short: at least {n} characters.")
            raise ValidationError(said.format(n=self.min_length), code="password_too_short")


class Uncommon(django.CommonPasswordValidator):
    """None of the twenty thousand that are tried first, and not only digits."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises `ValidationError`."""
        if password.isdigit() or password.lower().strip() in self.passwords:
            raise ValidationError(
                _("This password is guessed too easily."), code="password_too_common"
            )


class NotOneself(django.UserAttributeSimilarityValidator):
    """Not one's own name or address."""

    DEFAULT_USER_ATTRIBUTES = ("username", "display_name", "email")

    def __init__(self) -> None:
        super().__init__(self.DEFAULT_USER_ATTRIBUTES)

    def validate(self, password: str, user: Any = None) -> None:
        """Raises `ValidationError`."""
        try:
            super().validate(password, user)
        except ValidationError:
            raise ValidationError(
                _("The password is too much like your name or address."),
                code="password_too_similar",
            ) from None


class ChangeForm(ChangePasswordForm):  # type: ignore[misc]
    """The form that changes one's password."""

    def clean(self) -> dict[str, Any]:
        """The two new passwords are the same."""
        first, second = (self.cleaned_data.get(f"password{n}") for n in (1, 2))
        if first and second and first != second:
            self.cleaned_data.pop("password2")
            self.add_error("password2", _("The two new passwords differ."))
        cleaned: dict[str, Any] = super().clean()
        return cleaned
