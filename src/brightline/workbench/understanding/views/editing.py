"""A draft is edited: both languages side by side, which cases are shown, how many are asked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from brightline.i18n import LANGUAGES, _
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.cases.naming import queue_words
from brightline.workbench.understanding.actions.edit_notice import Conflict, NotKept, edit_notice
from brightline.workbench.understanding.models import Notice
from brightline.workbench.understanding.pairs import pair_now
from brightline.workbench.understanding.views.asking import SEND, notice_for, person_of
from brightline.workbench.understanding.witnesses import cards


@permitted(SEND)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a draft; a notice that was sent is only shown."""
    notice = notice_for(request, pk, SEND)
    if notice.state != Notice.State.DRAFT:
        return redirect("notice", pk=pk)
    typed = _stored(notice)
    wrong, status = "", 200
    if request.method == "POST":
        typed = _drafted(notice) if "restore" in request.POST else _typed(request, notice)
        try:
            kept = edit_notice(notice, person_of(request), **typed)
        except NotKept as error:
            wrong, status = str(error), 422
        except Conflict:
            status = 409
            wrong = _(
                "Someone else has changed this notice since you opened it. Your text is below; "
                "open the notice in another window, take over what is missing, and save again."
            )
            typed["version"] = Notice.objects.values_list("version", flat=True).get(pk=pk)
        else:
            messages.success(request, _("Saved. This is what people will see."))
            return redirect("notice", pk=kept.pk)
    return render(request, "understanding/edit.html", {
        "notice": notice, "typed": typed, "wrong": wrong, "languages_of": LANGUAGES,
        "queue": queue_words(notice.market, notice.queue),
        "cards": list(cards(pair_now(notice), notice.witnesses)),
    }, status=status)  # fmt: skip


def _stored(notice: Notice) -> dict[str, Any]:
    return {
        "version": notice.version, "title": notice.title, "body": notice.body,
        "left_out": notice.left_out, "quiz": notice.quiz, "asked": notice.asked,
        "needed": notice.needed,
    }  # fmt: skip


def _drafted(notice: Notice) -> dict[str, Any]:
    """The texts as they were drafted; the rest stays."""
    return _stored(notice) | {"title": notice.drafted["title"], "body": notice.drafted["body"]}


def _typed(request: HttpRequest, notice: Notice) -> dict[str, Any]:
    post = request.POST
    shown = {int(one) for one in post.getlist("shown") if one.isascii() and one.isdigit()}
    return {
        "version": _whole(post.get("version", "")),
        "title": {lang: post.get(f"title_{lang}", "") for lang in LANGUAGES},
        "body": {lang: post.get(f"body_{lang}", "") for lang in LANGUAGES},
        "left_out": [at for at in range(len(notice.witnesses)) if at not in shown],
        "quiz": post.get("quiz") == "yes" and bool(notice.witnesses),
        "asked": _whole(post.get("asked", "")), "needed": _whole(post.get("needed", "")),
    }  # fmt: skip


def _whole(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
