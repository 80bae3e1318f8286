"""Set who signs what in a market."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from brightline.i18n import _
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import Role, roles_with
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record
from brightline.workbench.rulebooks.models import SignRule
from brightline.workbench.rulebooks.signing import USUAL, rules_of

What = SignRule.What


class BadRule(ValueError):
    """A rule that cannot be; the message is for the person."""


def set_sign_rules(
    market: str, by: User, rules: Sequence[tuple[str, str, str]], why: str = ""
) -> None:
    """Put these rules (what, value, role) in the place of a market's; none: the usual ones again.

    The programme manager signs in any case. Raises `BadRule`.
    """
    checked = sorted({_checked(*rule) for rule in rules} - {_plain(USUAL[0])})
    usual = sorted(_plain(rule) for rule in USUAL[1:])
    with transaction.atomic():
        before = [_plain(rule) for rule in rules_of(market)]
        SignRule.objects.filter(market=market).delete()
        if checked and checked != usual:
            SignRule.objects.bulk_create(
                SignRule(market=market, what=what, value=value, role=role)
                for what, value, role in checked
            )
        after = [_plain(rule) for rule in rules_of(market)]
        if before != after:
            record(
                EventKind.SIGN_RULES_CHANGED, by, ("market", market),
                before={"rules_to_sign": before}, after={"rules_to_sign": after, "market": market},
                why=why.strip(),
            )  # fmt: skip


def _plain(rule: tuple[What, str, Role]) -> tuple[str, str, str]:
    return rule[0].value, rule[1], rule[2].value


def _checked(what: str, value: str, role: str) -> tuple[str, str, str]:
    if what not in What.values or role not in roles_with(Permission.RULEBOOKS_RELEASE_SIGN):
        raise BadRule(_("Choose what is signed, and who signs it."))
    if what == What.SEVERITY and not (value.isascii() and value.isdigit() and len(value) <= 4):
        raise BadRule(_("The severity is a whole number between 0 and 1,000."))
    if what in (What.SOP, What.OWNER) and not value:
        raise BadRule(_("Say which SOP, or which team."))
    return what, value if what in (What.SEVERITY, What.SOP, What.OWNER) else "", role
