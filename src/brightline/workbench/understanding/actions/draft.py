"""Draft the notices of a release: who is touched, what is said, which cases show it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from brightline.i18n import LANGUAGES, use
from brightline.reports.diff_view import SopView, lead
from brightline.rulebook.comparing.comparison import Comparison, SopComparison, compare
from brightline.workbench.cases.naming import queue_words
from brightline.workbench.cases.routing import FALLBACK_QUEUE
from brightline.workbench.rulebooks.in_force import engine_of
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.understanding import drafting
from brightline.workbench.understanding.models import Briefing, Notice
from brightline.workbench.understanding.pairs import previous_of
from brightline.workbench.understanding.sampling import Sample, sample
from brightline.workbench.understanding.witnesses import Kept, Pair, found_witnesses

LEAST_ASKED, MOST_ASKED = 3, 5


def draft(release: Release) -> Briefing:
    """The briefing of a release with a draft for each queue that it touches.

    Drafted once; anew while none of its notices was sent or edited and another release has come to
    stand before it.
    """
    previous = previous_of(release)
    known = Briefing.objects.filter(release=release).first()
    if known is not None and (known.previous == previous or _in_use(known)):
        return known
    day = timezone.localdate(release.effective_at)
    drafts, said = [], dict[str, str]()
    if previous is not None:
        pair = Pair(engine_of(previous.sha), engine_of(release.sha), day)
        assert pair.old is not None
        comparison = compare(pair.old.rulebook, pair.new.rulebook, day)
        for lang in LANGUAGES:
            with use(lang):
                said[lang] = lead(comparison)
        drafts = drafts_between(release.market, release.effective_at, pair, comparison)
    with transaction.atomic():
        known = Briefing.objects.select_for_update(of=("self",)).filter(release=release).first()
        if known is not None and (known.previous == previous or _in_use(known)):
            return known  # drafted, or taken in hand, meanwhile
        Briefing.objects.filter(release=release).delete()
        made = Briefing.objects.create(
            release=release, previous=previous, day=day, lead=said, drafted_at=timezone.now()
        )
        for notice in drafts:
            notice.briefing = made
        Notice.objects.bulk_create(drafts)
    return made


def _in_use(briefing: Briefing) -> bool:
    return briefing.notices.exclude(state=Notice.State.DRAFT, version=1).exists()


def drafts_between(market: str, at: datetime, pair: Pair, comparison: Comparison) -> list[Notice]:
    """A draft for each queue that a change from one rulebook to another touches; not kept yet."""
    shared = drafting.shared_edits(comparison, pair.new, pair.day)
    differing = [sop for sop in comparison.sops if not sop.same or sop.name in shared]
    found = {sop.name: found_witnesses(pair, comparison, sop) for sop in differing}
    told = {lang: drafting.views(comparison, lang, shared) for lang in LANGUAGES}
    notices = []
    for queue in _queues(pair):
        notice = _drafted(market, at, pair, queue, differing, found, told)
        if notice is not None:
            notices.append(notice)
    return notices


def _queues(pair: Pair) -> list[str]:
    """The queues of both rulebooks, that for cases without one last."""
    assert pair.old is not None
    names = [*pair.new.rulebook.queues, *pair.old.rulebook.queues, FALLBACK_QUEUE]
    return list(dict.fromkeys(names))


def _drafted(
    market: str,
    at: datetime,
    pair: Pair,
    queue: str,
    differing: Sequence[SopComparison],
    found: dict[str, list[Kept]],
    told: dict[str, dict[str, SopView]],
) -> Notice | None:
    """The draft for a queue; None where nothing that differs concerns its cases.

    An SOP concerns the queue where its cases wait there, and any other where cases that waited
    there lately come to something else under it.
    """
    changes = [
        (sop.subject, sop.old.sop if sop.old else "", sop.new.sop if sop.new else "")
        for sop in differing
        if sop.changes
    ]
    seen: Sample = sample(pair, market, queue, changes)
    mine = [sop for sop in differing if queue in _queues_of(sop) or sop.name in seen.sops]
    mine = [sop for sop in mine if _for_moderators(sop, told)]
    if not mine:
        return None
    texts: dict[str, dict[str, str]] = {"title": {}, "body": {}}
    for lang in LANGUAGES:
        with use(lang):
            words = queue_words(market, queue)
            texts["title"][lang] = drafting.title(words, at)
            texts["body"][lang] = drafting.body(
                [told[lang][sop.name] for sop in mine], words, at, seen.as_json()
            )
    witnesses = [one for sop in mine for one in found[sop.name]]
    changes_told = len({(one["sop"] or one["was"], one["change"]) for one in witnesses})
    asked = min(MOST_ASKED, max(LEAST_ASKED, 2 * changes_told), len(witnesses))
    return Notice(
        market=market, queue=queue, title=texts["title"], body=texts["body"],
        drafted=texts, sops=[sop.name for sop in mine], witnesses=witnesses,
        sample=seen.as_json(), quiz=bool(witnesses), asked=asked, needed=enough_of(asked),
    )  # fmt: skip


def enough_of(asked: int) -> int:
    """How many answers of a quiz have to be right: all of a short one, all but one of a longer."""
    return asked - (asked > LEAST_ASKED)


def _queues_of(sop: SopComparison) -> set[str]:
    return {one.queue or FALLBACK_QUEUE for one in (sop.old, sop.new) if one is not None}


def _for_moderators(sop: SopComparison, told: dict[str, dict[str, SopView]]) -> bool:
    """Whether anything of it changes what people do: not a review date, not an owner."""
    view = told[LANGUAGES[0]][sop.name]
    return bool(sop.changes or sop.questions or view.state or view.edits)
