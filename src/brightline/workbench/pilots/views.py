"""The pages of pilots: which there are, a new one, the figures of one, its end."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brightline.i18n import _, ngettext
from brightline.rulebook.canonical import from_json
from brightline.rulebook.model import Rulebook
from brightline.rulebook.problems import Problem, UnusableRulebook
from brightline.rulebook.reading import read
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.cases.naming import markets, queue_words, queues_in_words
from brightline.workbench.drafts.models import Draft
from brightline.workbench.drafts.models.draft import OPEN
from brightline.workbench.pilots.actions.begin_pilot import NotBegun, begin_pilot
from brightline.workbench.pilots.actions.end_pilot import (
    NotEnded,
    drop_pilot,
    promote_pilot,
    stop_pilot,
)
from brightline.workbench.pilots.actions.replay import replay
from brightline.workbench.pilots.measuring import measure
from brightline.workbench.pilots.models import Kind, Look, Pilot
from brightline.workbench.pilots.showing import action_words, bets, lines, outcomes, shadow_of
from brightline.workbench.publishing.standing import standing
from brightline.workbench.rulebooks.in_force import NoRulebook, release_now
from brightline.workbench.rulebooks.models import Release
from brightline.workbench.understanding.models import Announcement
from brightline.workbench.understanding.people import workers
from brightline.workbench.uploaded_rulebook import UnusableArchive, unpacked

READ, MANAGE = Permission.PILOTS_PILOT_READ, Permission.PILOTS_PILOT_MANAGE
PUBLISH = Permission.RULEBOOKS_RELEASE_PUBLISH
DRAFT_READ = Permission.DRAFTS_DRAFT_READ
REPLAYED = 50
EXAMPLES = 30


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the gate saw to it
    return request.user


@permitted(READ)
@require_GET
def pilots(request: HttpRequest) -> HttpResponse:
    """Every pilot and shadow, the running ones first."""
    found = [
        one
        for one in Pilot.objects.select_related("base").defer("form")
        if may(request.user, READ, one.market)
    ]
    found.sort(key=lambda one: not one.running)
    return render(request, "pilots/pilots.html", {
        "pilots": found, "manage": may(request.user, MANAGE),
    })  # fmt: skip


@permitted(MANAGE)
@require_http_methods(["GET", "POST"])
def new_pilot(request: HttpRequest) -> HttpResponse:
    """The form of a new one."""
    wrong = ""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            made = _begun(request)
        except (NotBegun, UnusableArchive) as error:
            wrong = str(error)
        except NoRulebook:
            wrong = _("No rulebook is in force in its market: there is nothing to compare with.")
        except UnusableRulebook as found:
            wrong, problems = _("The draft cannot be used as it is."), found.problems
        else:
            messages.success(request, _("It runs. Cases that arrive from now on are drawn."))
            if made.kind == Kind.PILOT:
                messages.info(request, _(
                    "Its group has been told. Its cases reach each of them once they have read it."
                ))  # fmt: skip
            return redirect("pilot", pk=made.pk)
    mine = [one for one in markets() if may(request.user, MANAGE, one)]
    drafts = [one for one in Draft.objects.filter(market__in=mine, state__in=OPEN)[:50]
              if may(request.user, DRAFT_READ, one.market)]  # fmt: skip
    asked = next((one for one in drafts if str(one.pk) == request.GET.get("draft")), None)
    proposed = {"draft": str(asked.pk), "name": asked.title[:120]} if asked else {}
    people: dict[int, User] = {}
    for market in mine:
        for queue in queues_in_words(market):
            people.update({one.person.pk: one.person for one in workers(market, queue)})
    every = Release.objects.filter(market__in=mine, cancellation=None).defer("form")
    ahead = [one for one in every.order_by("-pk")[:20]
             if one.sha != release_now(one.market).sha]  # fmt: skip
    return render(request, "pilots/new.html", {
        "wrong": wrong, "problems": problems[:20], "typed": request.POST or proposed,
        "people": sorted(people.values(), key=lambda one: str(one).casefold()),
        "queues": [(f"{m}/{q}", words) for m in mine for q, words in queues_in_words(m).items()],
        "releases": ahead,
        "drafts": drafts,
        "known": Pilot.objects.filter(from_draft=asked).defer("form") if asked else (),
        "me": _person(request).pk, "today": timezone.localdate().isoformat(),
        "ticked": request.POST.getlist("group"),
        "chosen": request.POST.getlist("queues"),
    }, status=422 if wrong else 200)  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise NotBegun(_("Write the last day as a date.")) from None


def _contact(text: str) -> User | None:
    known = text.isascii() and text.isdigit() and len(text) < 18
    return User.objects.filter(pk=int(text), is_active=True).first() if known else None


def _begun(request: HttpRequest) -> Pilot:
    post = request.POST
    draft, written = _draft(request)
    if not may(request.user, MANAGE, draft.market):
        raise PermissionDenied(MANAGE)
    kind = Kind.PILOT if post.get("kind") == Kind.PILOT else Kind.SHADOW
    asked = {int(one) for one in post.getlist("group") if one.isascii() and one.isdigit()}
    group = User.objects.filter(pk__in=[pk for pk in asked if pk < 1 << 62], is_active=True)
    queues = [one.partition("/")[2] for one in post.getlist("queues")
              if one.startswith(f"{draft.market}/")]  # fmt: skip
    return begin_pilot(
        draft, _person(request), name=post.get("name", ""), kind=kind, group=list(group),
        queues=queues, inclusion=_percent(post.get("inclusion", "")),
        most=int(_number(post.get("most", "") or "0")), from_draft=written,
        until=_day(post.get("until", "")), contact=_contact(post.get("contact", "")),
    )  # fmt: skip


def _draft(request: HttpRequest) -> tuple[Rulebook, Draft | None]:
    """The draft that was uploaded, that is being written, or that of a release.

    Raises what `new_pilot` catches.
    """
    upload = request.FILES.get("archive")
    if upload is not None:
        with unpacked(upload) as folder:
            return read(folder), None
    said = request.POST.get("draft", "")
    if said.isascii() and said.isdigit() and len(said) < 18:
        written = Draft.objects.filter(pk=int(said), state__in=OPEN).first()
        if written is None or not may(request.user, DRAFT_READ, written.market):
            raise NotBegun(_("This draft is closed, or not yours to see."))
        book = standing(written).gate.rulebook
        if book is None:
            raise NotBegun(_("The draft has errors: it decides no case yet. Open it to mend them."))
        return book, written
    release = Release.objects.filter(sha=request.POST.get("sha", "")).order_by("-pk").first()
    if release is None:
        raise NotBegun(_("Choose a draft: a release that is not in force, or a zip file."))
    return from_json(release.form), None


def _percent(said: str) -> float:
    return _number(said or "100") / 100


def _number(said: str) -> float:
    try:
        found = float(said.replace(",", ".")[:12])
    except ValueError:
        raise NotBegun(_("A share is a number.")) from None
    if not 0 <= found <= 1_000_000:  # false for NaN too
        raise NotBegun(_("A share is a number."))
    return found


def _of(request: HttpRequest, pk: int, permission: Permission) -> Pilot:
    found = Pilot.objects.select_related("base", "begun_by", "ended_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    if not may(request.user, permission, found.market):
        raise PermissionDenied(permission)
    return found


@permitted(READ)
@require_GET
def pilot(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of one, as they stand."""
    one = _of(request, pk, READ)
    context = {
        "pilot": one, "manage": may(request.user, MANAGE, one.market),
        "publish": may(request.user, PUBLISH, one.market),
        "queues": [queue_words(one.market, queue) for queue in one.queues],
        "stops_at": 1 / one.alpha,
    }  # fmt: skip
    if one.kind == Kind.SHADOW:
        changed = Look.objects.filter(pilot=one, settled=True, same=False)
        rows = changed.select_related("decision__case").order_by("-pk")[:EXAMPLES]
        examples = [(row, action_words(one, row.decision.action), action_words(one, row.action))
                    for row in rows]  # fmt: skip
        context |= {"shadow": shadow_of(one), "examples": examples}
        return render(request, "pilots/shadow.html", context)
    figures = measure(one)
    group = [str(member.person) for member in one.members.select_related("person")]
    context |= {
        "lines": lines(figures), "outcomes": outcomes(one, figures), "bets": bets(figures),
        "evidence": figures.evidence, "group": sorted(group), "watched": len(figures.watched),
        "told": told_of(one),
    }  # fmt: skip
    return render(request, "pilots/pilot.html", context)


def told_of(one: Pilot) -> list[tuple[Announcement, int, int]]:
    """What the group was told, with how many have read it, of how many."""
    sent = Announcement.objects.filter(key__startswith=f"pilot:{one.pk}:").order_by("pk")
    counted = sent.annotate(all=Count("told"), read=Count("told", filter=~Q(told__read_at=None)))
    return [(each, each.read, each.all) for each in counted]


@permitted(MANAGE)
@require_POST
def pilot_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop, drop, promote, or feed past cases through it."""
    one, person = _of(request, pk, MANAGE), _person(request)
    what, why = request.POST.get("do"), request.POST.get("why", "")
    try:
        if what == "stop":
            stop_pilot(one, person, why)
            messages.success(request, _("Stopped. Its waiting cases go to everyone."))
        elif what == "drop":
            drop_pilot(one, person, why)
            messages.success(request, _("Dropped."))
        elif what == "promote":
            if not may(request.user, PUBLISH, one.market):
                raise PermissionDenied(PUBLISH)
            release = promote_pilot(one, person, why)
            messages.success(request, _("Promoted: here is its release, and whom it concerns."))
            return redirect("briefing", pk=release.pk)
        elif what == "replay" and one.running:
            n = replay(one, REPLAYED)
            said = ngettext("{n} past case was fed in.", "{n} past cases were fed in.", n)
            messages.success(request, said.format(n=n))
    except NotEnded as error:
        messages.error(request, str(error))
    return redirect("pilot", pk=pk)
