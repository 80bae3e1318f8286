"""Add a hook, change it, pause it, end it, change its secret."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from brightline.i18n import _
from brightline.workbench.accounts.models import User
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.delivery.models import Hook
from brightline.workbench.delivery.telling import kinds_offered
from brightline.workbench.outside import OutsideError, checked_address, parts_of


class BadHook(ValueError):
    """A hook that cannot be kept; says why, for a person. `field` is the one at fault."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


def keep_hook(
    hook: Hook | None,
    by: User | None,
    *,
    name: str,
    url: str,
    kinds: Sequence[str],
    market: str = "",
) -> Hook:
    """Add a hook (None), or change one. Raises `BadHook`."""
    name, url = name.strip()[:120], url.strip()
    if not name:
        raise BadHook(_("A webhook needs a name."), "name")
    _check_url(url)
    offered = {kind.value for kind in kinds_offered()}
    if not kinds or not set(kinds) <= offered:
        raise BadHook(_("Choose at least one kind of event."), "kinds")
    with transaction.atomic():
        before = None if hook is None else said(hook)
        hook = hook or Hook(made_by=by)
        hook.name, hook.url, hook.kinds, hook.market = name, url, sorted(set(kinds)), market
        hook.save()
        kind = EventKind.HOOK_ADDED if before is None else EventKind.HOOK_CHANGED
        record(kind, by, ("hook", hook.pk), before=before, after=said(hook))
    return hook


def _check_url(url: str) -> None:
    if len(url) > 1000:
        raise BadHook(_("The address is too long."), "url")
    try:
        scheme, host, port, _path = parts_of(url)
        if scheme != "https" and not settings.HOOKS_ALLOW_PRIVATE:
            raise BadHook(_("The address must begin with https://."), "url")
        checked_address(host, port, settings.HOOKS_ALLOW_PRIVATE)
    except OutsideError as error:
        raise BadHook(_("The address cannot be used: {why}.").format(why=error), "url") from None


def set_state(hook: Hook, state: Hook.State, by: User | None) -> None:
    """Pause a hook, let it run again, or end it for good."""
    with transaction.atomic():
        if hook.state in (state, Hook.State.ENDED):
            return
        before = said(hook)
        hook.state = state
        hook.save()
        record(EventKind.HOOK_CHANGED, by, ("hook", hook.pk), before=before, after=said(hook))


def change_secret(hook: Hook, by: User | None) -> None:
    """Give a hook a new secret; the old one signs beside it for a day."""
    with transaction.atomic():
        hook.old_salt, hook.salt = hook.salt, secrets.token_hex(16)
        hook.rotated_at = timezone.now()
        hook.save()
        record(EventKind.HOOK_CHANGED, by, ("hook", hook.pk), after={"secret": "changed"})


def said(hook: Hook) -> dict[str, object]:
    """What the audit log says of a hook."""
    return {
        "name": hook.name,
        "url": hook.url,
        "kinds": hook.kinds,
        "market": hook.market,
        "state": hook.state,
    }
