"""End a pilot: stop it, promote its draft, drop it. Its open cases go back to everyone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from brightline.i18n import _
from brightline.rulebook.canonical import from_json
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.roles import title
from brightline.workbench.audit.kinds import EventKind
from brightline.workbench.audit.recording import record, together
from brightline.workbench.cases.models import Task
from brightline.workbench.drafts.actions.save_file import DraftClosed
from brightline.workbench.drafts.models import Draft
from brightline.workbench.pilots.drawing import forget
from brightline.workbench.pilots.models import Pilot
from brightline.workbench.pilots.telling import tell_ended
from brightline.workbench.publishing.actions.publish_draft import publish_draft
from brightline.workbench.publishing.standing import standing as draft_standing
from brightline.workbench.rulebooks.actions.publish import Terms, publish
from brightline.workbench.rulebooks.in_force import release_now, standing
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.rulebooks.scheduling import CannotRelease
from brightline.workbench.rulebooks.signing import needs, signatures, standing_of

_KINDS = {
    Pilot.State.STOPPED: EventKind.PILOT_STOPPED,
    Pilot.State.PROMOTED: EventKind.PILOT_PROMOTED,
    Pilot.State.DROPPED: EventKind.PILOT_DROPPED,
}


class NotEnded(ValueError):
    """What cannot be done with a pilot; says why, for a person."""


def stop_pilot(pilot: Pilot, by: User | None, why: str) -> Pilot:
    """Draw no more cases for it. By its own rule: `by` is None. Raises `NotEnded`."""
    return _ended(pilot, Pilot.State.STOPPED, by, why)


def drop_pilot(pilot: Pilot, by: User, why: str) -> Pilot:
    """The draft is not wanted. Raises `NotEnded`."""
    return _ended(pilot, Pilot.State.DROPPED, by, why)


def promote_pilot(pilot: Pilot, by: User, why: str) -> Release:
    """The draft comes in force: at once, or when its release says where it is published already.

    A pilot approves nothing: who must sign the content has signed before. Raises `NotEnded`, also
    for one that its own rule stopped: what did harm is written anew first.
    """
    if pilot.by_rule:
        raise NotEnded(_("Its own rule stopped it: change the draft, and try it again."))
    written = pilot.from_draft
    if written is not None and written.open:
        return _publish_written(pilot, written, by, why)
    ahead = standing(pilot.market).filter(sha=pilot.sha, effective_at__gt=timezone.now()).last()
    missing = [] if ahead is not None else unsigned(pilot)
    if missing:
        said = _("Not yet signed by: {roles}. The draft is signed under “Approvals”, as it is.")
        raise NotEnded(said.format(roles=", ".join(missing)))
    with transaction.atomic(), together():
        _end(pilot, Pilot.State.PROMOTED, by, why)
        release = ahead
        if release is None:
            try:
                release = publish(from_json(pilot.form), by, note=why.strip())
            except CannotRelease as error:
                raise NotEnded(str(error)) from None
        tell_ended(pilot, by, release)
        return release


def _publish_written(pilot: Pilot, written: Draft, by: User, why: str) -> Release:
    """The release of a draft of the desk, through its gate: it ends, and its requests are done."""
    now = draft_standing(written)
    if now.sha != pilot.sha:
        raise NotEnded(_("The draft was edited since: what was tried is not what it says now."))
    with transaction.atomic(), together():
        _end(pilot, Pilot.State.PROMOTED, by, why)
        try:
            release = publish_draft(written.pk, by, Terms(note=why.strip()), pilot.sha)
        except (CannotRelease, DraftClosed) as error:
            raise NotEnded(str(error) or _("The draft is closed.")) from None
        tell_ended(pilot, by, release)
        return release


def unsigned(pilot: Pilot) -> list[str]:
    """The roles whose signature on the draft is missing, in the language in force."""
    base = release_now(pilot.market).sha
    needed = needs(pilot.market, base, from_json(pilot.form))
    signed = standing_of(needed, signatures(pilot.market, pilot.sha, base))
    return [title(one.need.role) for one in signed if one.by is None]


def _ended(pilot: Pilot, state: Pilot.State, by: User | None, why: str) -> Pilot:
    """Ended, and its group told."""
    with transaction.atomic():
        _end(pilot, state, by, why)
        tell_ended(pilot, by)
    return pilot


def _end(pilot: Pilot, state: Pilot.State, by: User | None, why: str) -> Pilot:
    if not why.strip():
        raise NotEnded(_("Say why: it stands in the log."))
    with transaction.atomic():
        held = Pilot.objects.select_for_update(of=("self",)).get(pk=pilot.pk)
        again = state == Pilot.State.STOPPED and not held.running
        if again or held.state in (Pilot.State.PROMOTED, Pilot.State.DROPPED):
            raise NotEnded(_("It has ended already."))
        before = held.state
        held.state, held.why = state, why.strip()
        held.ended_at, held.ended_by = held.ended_at or timezone.now(), by or held.ended_by
        held.by_rule = held.by_rule or by is None
        held.save()
        freed = free_tasks(held)
        record(
            _KINDS[state], by, ("pilot", held.pk), before={"state": before},
            after={"state": state, "market": held.market, "tasks": freed,
                   "evidence": round(held.evidence, 3)},
            why=held.why, rulebook=held.sha,
        )  # fmt: skip
    pilot.refresh_from_db()
    forget()
    return pilot


def free_tasks(pilot: Pilot, due_before: datetime | None = None) -> int:
    """Give its waiting tasks to everyone, under the rulebook in force; how many.

    With `due_before` only those that are due by then, so that no seller waits for a pilot.
    """
    tasks = Task.objects.filter(role=pilot.role, status=Task.Status.OPEN)
    if due_before is not None:
        tasks = tasks.filter(due_at__lte=due_before)
    ids = list(tasks.values_list("pk", "case"))
    pilot.drawn.filter(case__in=[case for _pk, case in ids], case__action="").update(freed=True)
    return Task.objects.filter(pk__in=[pk for pk, _case in ids], role=pilot.role).update(role="")
