"""The page of group chats: which there are, a new one, a trial, an end."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from brightline.i18n import LANGUAGES, _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import may
from brightline.workbench.cases.naming import markets, queues_in_words
from brightline.workbench.understanding.actions.keep_channel import (
    BadChannel,
    add_channel,
    end_channel,
    try_channel,
)
from brightline.workbench.understanding.models import Channel
from brightline.workbench.understanding.views.asking import SEND, person_of

FIELDS = ("name", "kind", "place", "language", "address", "secret")


@permitted(SEND)
@require_http_methods(["GET", "POST"])
def channels(request: HttpRequest) -> HttpResponse:
    """The group chats, and the form for one more."""
    places = _places(request)
    typed = dict.fromkeys(FIELDS, "") | {"kind": "lark", "language": "vi"}
    wrong: BadChannel | None = None
    if request.method == "POST":
        typed = {field: request.POST.get(field, "") for field in FIELDS}
        market, _slash, queue = typed["place"].partition("/")
        try:
            if typed["place"] not in dict(places) or typed["language"] not in LANGUAGES:
                raise BadChannel(_("Choose one of your queues, and a language."), "place")
            made = add_channel(
                person_of(request), name=typed["name"], kind=typed["kind"], market=market,
                queue=queue, language=typed["language"], address=typed["address"],
                secret=typed["secret"],
            )  # fmt: skip
        except BadChannel as error:
            wrong = error
        else:
            try_channel(made)
            messages.success(request, _("Added. A trial message is on its way."))
            return redirect("channels")
    found = [
        {"channel": one, "last": one.posts.first(), "place": dict(places).get(_key(one), _key(one))}
        for one in Channel.objects.filter(ended_at=None)
        if may(request.user, SEND, one.market, one.queue or None)
    ]
    return render(request, "understanding/channels.html", {
        "channels": found, "places": places, "typed": typed, "wrong": wrong,
        "kinds": Channel.Kind.choices,
    }, status=422 if wrong else 200)  # fmt: skip


def _key(channel: Channel) -> str:
    return f"{channel.market}/{channel.queue}"


def _places(request: HttpRequest) -> list[tuple[str, str]]:
    """Markets and queues that a channel of theirs may be of."""
    found = []
    for market in markets():
        if may(request.user, SEND, market, ""):
            found.append((f"{market}/", _("{market}: every queue").format(market=market)))
        for queue, words in queues_in_words(market).items():
            if may(request.user, SEND, market, queue):
                found.append((f"{market}/{queue}", f"{market} · {words}"))
    return found


@permitted(SEND)
@require_POST
def channel_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a channel, or end it."""
    channel = Channel.objects.filter(pk=pk, ended_at=None).first()
    if channel is None:
        raise Http404
    if not may(request.user, SEND, channel.market, channel.queue or None):
        raise PermissionDenied(SEND)
    if request.POST.get("do") == "try":
        try_channel(channel)
        messages.success(request, _("A trial message is on its way."))
    elif request.POST.get("do") == "end":
        end_channel(channel, person_of(request))
        messages.success(request, _("Ended: it is told of nothing more."))
    return redirect("channels")
