"""What a pilot's group is told: before its cases reach them, and when it has ended."""

from __future__ import annotations

from django.utils import timezone

from brightline.i18n import LANGUAGES, _, format_date, format_number, ngettext, use
from brightline.reports.diff_view import lead
from brightline.rulebook.canonical import from_json
from brightline.rulebook.comparing.comparison import compare
from brightline.workbench.accounts.models import User
from brightline.workbench.cases.naming import queue_words
from brightline.workbench.cases.routing import FALLBACK_QUEUE
from brightline.workbench.pilots.drawing import key_of
from brightline.workbench.pilots.models import Kind, Pilot
from brightline.workbench.rulebooks.engine import Engine
from brightline.workbench.rulebooks.in_force import engine_of
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.understanding import drafting
from brightline.workbench.understanding.actions.announce import announce
from brightline.workbench.understanding.models import Announcement


def tell_begun(pilot: Pilot, by: User | None) -> Announcement | None:
    """Tell the group what is tried, what changes for them, how long, and whom to ask.

    None for a shadow: it changes nobody's work.
    """
    if pilot.kind != Kind.PILOT:
        return None
    day = timezone.localdate()
    old, book = engine_of(pilot.base.sha), from_json(pilot.form)
    comparison = compare(old.rulebook, book, day)
    shared = drafting.shared_edits(comparison, Engine(book, pilot.sha), day)
    title, body = dict[str, str](), dict[str, str]()
    for lang in LANGUAGES:
        with use(lang):
            views = drafting.views(comparison, lang, shared)
            mine = [
                views[sop.name]
                for sop in comparison.sops
                if sop.name in views
                and (not pilot.queues or {
                    one.queue or FALLBACK_QUEUE for one in (sop.old, sop.new) if one
                } & set(pilot.queues))
            ]  # fmt: skip
            title[lang] = _("Trial “{name}”: you are in its group").format(name=pilot.name)
            body[lang] = "\n\n".join([
                "## " + _("What is tried"), lead(comparison), _("What changes is listed below."),
                "## " + _("What changes for you"), *_for_you(pilot),
                "## " + _("How long"), _how_long(pilot),
                "## " + _("Whom to ask"), _whom(pilot), *drafting.sections(mine),
            ])  # fmt: skip
    return announce(
        Announcement.About.PILOT, key_of(pilot.pk), _group(pilot), market=pilot.market,
        title=title, body=body, at=pilot.begun_at, channels=pilot.queues, by=by,
    )  # fmt: skip


def tell_ended(pilot: Pilot, by: User | None, release: Release | None = None) -> None:
    """Tell the group that it is over, why, and by which rules they decide from now on."""
    if pilot.kind != Kind.PILOT:
        return
    title, body = dict[str, str](), dict[str, str]()
    for lang in LANGUAGES:
        with use(lang):
            title[lang] = _TITLES[pilot.State(pilot.state)]().format(name=pilot.name)
            said = [_("Why: {why}").format(why=drafting.plain(pilot.why))]
            if release is not None:
                said.append(
                    _("The draft becomes release {n}, in force from {when}. What it changes is "
                      "told to each queue by a notice of its own.").format(
                        n=release.number, when=drafting.when(release.effective_at))
                )  # fmt: skip
            else:
                said.append(
                    _("From now on you decide every case by the rulebook in force. A case that "
                      "you have begun is finished under the rules it began with.")
                )  # fmt: skip
            body[lang] = "\n\n".join([*said, "## " + _("Whom to ask"), _whom(pilot)])
    announce(
        Announcement.About.PILOT, f"pilot:{pilot.pk}:{pilot.state}", _group(pilot),
        market=pilot.market, title=title, body=body, at=timezone.now(), channels=pilot.queues,
        by=by,
    )  # fmt: skip


_TITLES = {
    Pilot.State.STOPPED: lambda: _("Trial “{name}” has been stopped"),
    Pilot.State.PROMOTED: lambda: _("Trial “{name}” is over: its draft comes into force"),
    Pilot.State.DROPPED: lambda: _("Trial “{name}” is over: its draft is dropped"),
}


def _group(pilot: Pilot) -> list[User]:
    return [one.person for one in pilot.members.select_related("person")]


def _for_you(pilot: Pilot) -> list[str]:
    queues = [queue_words(pilot.market, queue) for queue in pilot.queues]
    where = ", ".join(queues) if queues else _("every queue")
    enters, falls = (format_number(100 * share, 0) for share in (pilot.inclusion, pilot.share))
    return [
        _("Of the cases of {queues}, {n} % are drawn by lot and reach only your group. Of these, "
          "{m} % are decided by the draft, the others by the rulebook in force: you need not "
          "know which, the page asks what has to be asked.").format(
              queues=where, n=enters, m=falls),
        _("In cases of the draft you may be asked something that you are not asked otherwise. "
          "What you decide holds, and the seller is told so."),
    ]  # fmt: skip


def _how_long(pilot: Pilot) -> str:
    said = []
    if pilot.until is not None:
        said.append(_("Until {day} at the latest.").format(day=format_date(pilot.until)))
    if pilot.most:
        count = ngettext("At most {n} case is drawn.", "At most {n} cases are drawn.", pilot.most)
        said.append(count.format(n=format_number(pilot.most)))
    said.append(_("It stops by itself should the draft do harm. You are told when it ends."))
    return " ".join(said)


def _whom(pilot: Pilot) -> str:
    person = pilot.contact or pilot.begun_by
    if person.email:
        return _("{name} ({mail})").format(name=person, mail=person.email)
    return str(person)
