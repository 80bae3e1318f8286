"""Make a key to the API, for an account of a program."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from brightline.i18n import _
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import Role
from brightline.workbench.api.keys import SCOPES, digest_of, new_token
from brightline.workbench.api.models import ApiKey
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record

MOST_CALLS = 1_000_000


class NoKey(ValueError):
    """A key that cannot be made; says why, for a person."""


def make_key(
    name: str,
    user: User,
    scopes: Collection[Permission],
    by: User | None,
    *,
    market: str = "",
    rate: int = 30_000,
) -> tuple[ApiKey, str]:
    """Make a key; it and what its holder sends, which is told this once and never again.

    Raises `NoKey`. The account must be a program's: a person's own rights are not lent to one.
    """
    name = name.strip()
    if not name:
        raise NoKey(_("a key has a name, so that one knows later what it is for"))
    if not scopes or not set(scopes) <= set(SCOPES):
        raise NoKey(_("say what the key is for"))
    if not 1 <= rate <= MOST_CALLS:
        raise NoKey(_("the limit a minute lies between 1 and 1,000,000"))
    if not is_service(user):
        raise NoKey(_("a key belongs to the account of a program, whose only role is Service"))
    token = new_token()
    with transaction.atomic():
        key = ApiKey.objects.create(
            name=name[:120], prefix=token[:10], digest=digest_of(token), user=user,
            scopes=sorted(scope.value for scope in scopes), market=market, rate=rate, made_by=by,
        )  # fmt: skip
        record(
            EventKind.KEY_MADE, by, ("key", key.pk),
            after={"name": key.name, "prefix": key.prefix, "account": user.username,
                   "scopes": key.scopes, "market": market, "rate": rate},
        )  # fmt: skip
    return key, token


def is_service(user: User) -> bool:
    """Whether an account is a program's: active, cannot log in, and has the role Service alone."""
    roles = set(user.grants.values_list("role", flat=True))
    return user.is_active and roles == {Role.SERVICE.value} and not user.has_usable_password()
