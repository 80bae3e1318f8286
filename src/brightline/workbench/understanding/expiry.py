"""A release whose time runs out: what applies again then, told to its queues and authors before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils import timezone

from brightline.i18n import LANGUAGES, _, use
from brightline.reports.diff_view import lead
from brightline.rulebook.comparing.comparison import Comparison, compare
from brightline.workbench.accounts.models import Grant, User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import roles_with
from brightline.workbench.cases.naming import queue_words
from brightline.workbench.rulebooks.in_force import engine_of, markets, spans
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.understanding.actions.announce import announce, tell, withdraw
from brightline.workbench.understanding.actions.draft import drafts_between
from brightline.workbench.understanding.drafting import when
from brightline.workbench.understanding.mails import announce_by_mail
from brightline.workbench.understanding.models import Announcement, Notice, Told
from brightline.workbench.understanding.people import workers
from brightline.workbench.understanding.witnesses import Pair

LEAD = timedelta(days=3)
"""So long before it happens people are told; at once where less is left."""
REMIND = timedelta(hours=24)


@dataclass(frozen=True)
class Return:
    """At a moment a release ends, and one from before applies again."""

    at: datetime
    ends: Release
    again: Release

    @property
    def stem(self) -> str:
        """What the keys of its announcements begin with."""
        return f"expiry:{self.ends.pk}:{self.again.pk}:{self.at.timestamp():.0f}:"


def returns(market: str, now: datetime) -> Iterator[Return]:
    """What comes back in a market by the end of a release's time, still ahead, the first first.

    Not where another release takes effect in that moment: that has notices of its own; nor where
    both say the same.
    """
    for span, after in pairwise(spans(market)):
        ends, again = span.release, after.release
        if ends is None or again is None or after.start <= now:
            continue
        over = ends.expires_at == after.start and again.effective_at < after.start
        if over and ends.sha != again.sha:
            yield Return(after.start, ends, again)


def tell_of_returns(now: datetime | None = None) -> int:
    """Announce what comes back soon, and take back what will not after all; how many. A job."""
    at, sent = now or timezone.now(), 0
    stems = []
    for market in markets():
        for one in returns(market, at):
            stems.append(one.stem)
            if one.at - at <= LEAD:
                sent += _tell(one)
    ahead = Announcement.objects.filter(
        about=Announcement.About.EXPIRY, withdrawn_at=None, at__gt=at
    )
    for known in ahead:
        if not any(known.key.startswith(stem) for stem in stems):
            withdraw(known)
        elif known.queue:
            tell(known, [w.person for w in workers(known.market, known.queue)], True)
    return sent + _remind(at)


def _tell(one: Return) -> int:
    """Told once: the announcement to the authors is written last."""
    if Announcement.objects.filter(key=one.stem).exists():
        return 0
    market, day = one.ends.market, timezone.localdate(one.at)
    pair = Pair(engine_of(one.ends.sha), engine_of(one.again.sha), day)
    assert pair.old is not None
    comparison = compare(pair.old.rulebook, pair.new.rulebook, day)
    notices = drafts_between(market, one.at, pair, comparison)
    for notice in notices:
        _to_queue(one, notice)
    _to_authors(one, comparison, [notice.queue for notice in notices])
    return len(notices) + 1


def _to_queue(one: Return, notice: Notice) -> None:
    title, body = dict[str, str](), dict[str, str]()
    for lang in LANGUAGES:
        with use(lang):
            words = queue_words(notice.market, notice.queue)
            title[lang] = _("{queue}: from {when} the rules from before apply again").format(
                queue=words, when=when(one.at)
            )
            body[lang] = f"{_why(one)}\n\n{notice.body[lang]}"
    announce(
        Announcement.About.EXPIRY, one.stem + notice.queue,
        [worker.person for worker in workers(notice.market, notice.queue)],
        market=notice.market, queue=notice.queue, title=title, body=body, at=one.at,
        channels=[notice.queue], binds=True, witnesses=notice.witnesses, old=one.ends,
        new=one.again,
    )  # fmt: skip


def _to_authors(one: Return, comparison: Comparison, queues: list[str]) -> None:
    title, body = dict[str, str](), dict[str, str]()
    market = one.ends.market
    for lang in LANGUAGES:
        with use(lang):
            title[lang] = _("Release {n} of market {market} ends {when}").format(
                n=one.ends.number, market=market, when=when(one.at)
            )
            named = [f"- {queue_words(market, queue)}" for queue in queues]
            told = [_("These queues have been told what changes back for them:"), "\n".join(named)]
            body[lang] = "\n\n".join(
                [_why(one), lead(comparison), *(told if named else [_("No queue is touched.")]),
                 _("To keep what applies now, publish it without an end before that time.")]
            )  # fmt: skip
    announce(
        Announcement.About.EXPIRY, one.stem, authors(market), market=market, title=title,
        body=body, at=one.at, old=one.ends, new=one.again,
    )  # fmt: skip


def _why(one: Return) -> str:
    return _(
        "Release {n} was published for a limited time. **{when}** it ends, and release {again} "
        "applies again."
    ).format(n=one.ends.number, when=when(one.at), again=one.again.number)


def authors(market: str) -> list[User]:
    """Who may write drafts in a market."""
    roles = [role.value for role in roles_with(Permission.DRAFTS_DRAFT_WRITE)]
    grants = Grant.objects.filter(
        market__in=("", market), role__in=roles, user__is_active=True
    ).select_related("user")
    return list({grant.user_id: grant.user for grant in grants}.values())


def _remind(at: datetime) -> int:
    """A mail a day before to those who have not read it, once."""
    late = Told.objects.filter(
        read_at=None, reminded_at=None, works=True, told_at__lt=at - timedelta(hours=3),
        announcement__withdrawn_at=None, announcement__binds_at__gt=at,
        announcement__binds_at__lte=at + REMIND, person__is_active=True,
    ).select_related("announcement", "person")  # fmt: skip
    reminded = 0
    for one in late:
        if Told.objects.filter(pk=one.pk, reminded_at=None).update(reminded_at=at):
            announce_by_mail(one.announcement, [one.person])
            reminded += 1
    return reminded
