"""Files into a draft and out of it: a new SOP, an import, the folder as a zip."""

from __future__ import annotations

import io
import zipfile

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brightline.i18n import _, ngettext
from brightline.rulebook.model import Rulebook
from brightline.rulebook.problems import UnusableRulebook
from brightline.rulebook.telling_words import in_language
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.drafts.access import draft_for, who
from brightline.workbench.drafts.actions.save_file import DraftClosed
from brightline.workbench.drafts.actions.take_over import take_over
from brightline.workbench.drafts.importing import NotTaken, taken_from
from brightline.workbench.drafts.models import Draft
from brightline.workbench.drafts.paths import LAW, sop_of
from brightline.workbench.drafts.reading import files, rulebook_of
from brightline.workbench.drafts.template import blank, copied, new_id
from brightline.workbench.look.forms import plain
from brightline.workbench.rulebooks.in_force import engine_of

READ, WRITE = Permission.DRAFTS_DRAFT_READ, Permission.DRAFTS_DRAFT_WRITE


@permitted(WRITE)
@require_http_methods(["GET", "POST"])
def new_sop(request: HttpRequest, draft_id: int) -> HttpResponse:
    """A new SOP, from the template or as a copy."""
    draft = draft_for(request, draft_id, WRITE)
    book, form, error = _book(draft), request.POST, ""
    if request.method == "POST":
        title = {code: plain(form.get(f"title_{code}", "")).strip() for code in book.languages}
        title = {code: text[:200] for code, text in title.items() if text}
        of = f"sops/{form.get('copy', '')}.yaml"
        taken = {sop_of(path) for path in draft.files}
        try:
            name = new_id(next(iter(title.values())), taken)
            if form.get("copy"):
                text = copied(files(draft)[of], name, title)
            else:
                text = blank(book, name, title, form.get("subject", ""), form.get("owner", ""),
                             timezone.localdate())  # fmt: skip
            take_over(draft.pk, who(request), {f"sops/{name}.yaml": text}, _("New SOP"))
        except DraftClosed:
            error = _("This draft is closed: it does not change any more.")
        except (StopIteration, KeyError, ValueError):
            error = _("Give it a title, and choose what its cases are about.")
        else:
            return redirect("draft_edit", draft.pk, f"sops/{name}.yaml")
    page = {
        "draft": draft, "book": book, "error": error, "form": form,
        "sops": [(s.sop, in_language(s.title, who(request).language, s.sop)) for s in book.sops],
    }  # fmt: skip
    return render(request, "drafts/new_sop.html", page, status=422 if error else 200)


@permitted(WRITE)
@require_POST
def begin_law(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The rulebook gets a register of law, empty yet; one that is there stays as it is."""
    draft = draft_for(request, draft_id, WRITE)
    if LAW not in draft.files:
        try:
            take_over(draft.pk, who(request), {LAW: "law: {}\n"}, _("Register of law"))
        except DraftClosed:
            messages.error(request, _("This draft is closed: it does not change any more."))
            return redirect("draft", draft.pk)
    return redirect("draft_edit", draft.pk, LAW)


@permitted(WRITE)
@require_POST
def import_file(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Take a file over."""
    draft = draft_for(request, draft_id, WRITE)
    upload = request.FILES.get("file")
    if upload is None:
        messages.error(request, _("Choose a file first."))
        return redirect("draft", draft.pk)
    try:
        taken = taken_from(
            upload, upload.name or "", draft, _book(draft),
            plain(request.POST.get("title", "")).strip(), request.POST.get("language", "vi"),
        )  # fmt: skip
        made = take_over(draft.pk, who(request), taken.files, upload.name or "", taken.whole)
    except NotTaken as error:
        messages.error(request, str(error))
        return redirect("draft", draft.pk)
    except (DraftClosed, ValueError):
        messages.error(request, _("This file could not be taken over into the draft."))
        return redirect("draft", draft.pk)
    count = len(made)
    said = ngettext("{n} file was taken over.", "{n} files were taken over.", count)
    messages.success(request, said.format(n=count))
    if not any(taken.doubts.values()) and not taken.notes:
        return redirect("draft", draft.pk)
    return render(request, "drafts/taken.html", {"draft": draft, "taken": taken})


@permitted(READ)
@require_GET
def export(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The folder as it stands, to the letter, as a zip."""
    draft = draft_for(request, draft_id, READ)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in sorted(files(draft).items()):
            archive.writestr(zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), text.encode())
    answer = HttpResponse(out.getvalue(), content_type="application/zip")
    name = f"{draft.base.name}-draft-{draft.pk}.{draft.revision}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _book(draft: Draft) -> Rulebook:
    """The draft's rulebook; that of its release while it does not compile."""
    try:
        return rulebook_of(draft)
    except UnusableRulebook:
        return engine_of(draft.base.sha).rulebook
