"""The seller's link to a statement: signed, not to be guessed, not for ever."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from brightline.workbench.sellers.models import Statement

LIVES_ON = timedelta(days=90)
"""For how long a link works after the last day to appeal, so that the outcome can be read."""
_SIGNER = "brightline.sellers.statement"


def token_of(statement: Statement) -> str:
    """What the link holds: the statement's name and our signature of it."""
    return signing.Signer(salt=_SIGNER, sep=".").sign(statement.puid)


def path_of(statement: Statement) -> str:
    """The page of a statement, without the host."""
    return reverse("told", args=[token_of(statement)])


def link_of(statement: Statement) -> str:
    """The page of a statement; empty where the workbench has not been told its own address."""
    return f"{settings.PUBLIC_URL}{path_of(statement)}" if settings.PUBLIC_URL else ""


def dies_at(statement: Statement) -> datetime:
    """When the link stops working; an appeal that is still open keeps it alive."""
    return (statement.appeal_until or statement.made_at) + LIVES_ON


class BadLink(LookupError):
    """A link that leads nowhere: mistyped, tampered with, or signed with another key."""


class OldLink(BadLink):
    """A link that has expired."""


def statement_of(token: str, at: datetime) -> Statement:
    """The statement that a link leads to. Raises `BadLink` or `OldLink`."""
    try:
        puid = signing.Signer(salt=_SIGNER, sep=".").unsign(token)
    except signing.BadSignature:
        raise BadLink from None
    found = Statement.objects.select_related("case", "seller").filter(puid=puid).first()
    if found is None:
        raise BadLink
    appeal = getattr(found, "appeal", None)
    if at > dies_at(found) and (appeal is None or appeal.outcome):
        raise OldLink
    return found
