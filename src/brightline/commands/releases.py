"""`brightline releases`: which rulebook is in force, which was, which will be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from brightline.commands.inputs import format_option
from brightline.commands.language import language_option
from brightline.commands.page import say
from brightline.commands.serve import home_option, started
from brightline.commands.verbs import FINDINGS, N_, Option, Unusable, Verb
from brightline.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from brightline.workbench.rulebooks.models import Release


@click.command(
    cls=Verb,
    short_help=N_("Say which rulebook is in force, or was at a moment."),
    help=N_(
        "Tell the releases of the workbench: what is in force, what was and what is scheduled. "
        "With --at, only what was in force at that moment; exit code 1 where nothing was."
    ),
)
@click.option(
    "--at", cls=Option, metavar="MOMENT", help=N_('A moment in Vietnam time: "3/3/2026 14:00".')
)
@click.option("--market", cls=Option, default="", help=N_("Only this market."))
@home_option
@format_option
@language_option
@click.pass_context
def releases(
    context: click.Context, at: str | None, market: str, home: str | None, form: str
) -> None:
    """Tells the releases."""
    started(home)
    from brightline.workbench.rulebooks.models import Release

    every = sorted(set(Release.objects.values_list("market", flat=True)))
    if market and market not in every:
        raise Unusable(
            _("no rulebook was ever published in the market {market}").format(market=market),
            _("the markets are: {names}").format(names=", ".join(every)) if every else None,
        )
    chosen = [market] if market else every
    if at is None:
        _tell_all(chosen, form)
    elif not _tell_at(chosen, _moment(at), form):
        context.exit(FINDINGS)


def _moment(text: str) -> datetime:
    from brightline.workbench.rulebooks.times import NoMoment, read_moment

    try:
        return read_moment(text)
    except NoMoment as error:
        raise Unusable(str(error)) from None


def _tell_at(markets: list[str], moment: datetime, form: str) -> bool:
    """Tells what was in force at a moment; whether something was."""
    from brightline.workbench.rulebooks.in_force import NoRulebook, release_at
    from brightline.workbench.rulebooks.telling import told_release
    from brightline.workbench.rulebooks.times import said_at

    found: list[tuple[str, Release | None]] = []
    for market in markets:
        try:
            found.append((market, release_at(market, moment)))
        except NoRulebook:
            found.append((market, None))
    if form == "json":
        _print([
            {"market": market, "at": moment.isoformat(), "release": one and told_release(one)}
            for market, one in found
        ])  # fmt: skip
    else:
        say(said_at(moment))
        for market, one in found:
            say(_line(one) if one else _("{market}: nothing was in force").format(market=market))
    return any(one for _market, one in found)


def _tell_all(markets: list[str], form: str) -> None:
    from brightline.workbench.rulebooks.in_force import spans
    from brightline.workbench.rulebooks.models import Release
    from brightline.workbench.rulebooks.telling import told_release, told_span

    if form == "json":
        _print([
            {
                "market": market,
                "releases": [told_release(one) for one in _every(market)],
                "in_force": [told_span(span) for span in spans(market)],
            }
            for market in markets
        ])  # fmt: skip
        return
    if not Release.objects.exists():
        say(_("No rulebook was published yet: brightline admin publish RULEBOOK"))
    for market in markets:
        for one in _every(market):
            say(f"{_state(one)} {_line(one)}")


def _every(market: str) -> list[Release]:
    from brightline.workbench.rulebooks.models import Release

    return list(
        Release.objects.filter(market=market).defer("form")
        .select_related("restores", "cancellation", "ratification").order_by("-number")
    )  # fmt: skip


def _state(release: Release) -> str:
    from django.utils import timezone

    from brightline.workbench.rulebooks.in_force import NoRulebook, release_at

    if hasattr(release, "cancellation"):
        return _("[cancelled]")
    now = timezone.now()
    if release.effective_at > now:
        return _("[scheduled]")
    try:
        return "→" if release_at(release.market, now) == release else " "
    except NoRulebook:
        return " "


def _line(release: Release) -> str:
    from brightline.workbench.rulebooks.times import said_at

    parts = [
        _("{market} release {n} · {sha} · from {moment}").format(
            market=release.market, n=release.number, sha=release.sha[:12],
            moment=said_at(release.effective_at),
        )
    ]  # fmt: skip
    if release.expires_at:
        parts.append(_("until {moment}").format(moment=said_at(release.expires_at)))
    if release.unsigned:
        parts.append(_("emergency, not approved yet"))
    if release.note:
        parts.append(" ".join(release.note.split())[:120])
    return " · ".join(parts)


def _print(found: list[dict[str, Any]]) -> None:
    from django.core.serializers.json import DjangoJSONEncoder

    click.echo(json.dumps(found, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder))
