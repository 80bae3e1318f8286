"""Everyone who may log in: the list, and adding someone."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from brightline.i18n import N_, _
from brightline.workbench.accounts.actions.add_person import add_person
from brightline.workbench.accounts.actions.change_password import first_password
from brightline.workbench.accounts.actions.give_role import give_role
from brightline.workbench.accounts.gate import permitted
from brightline.workbench.accounts.may import reaches
from brightline.workbench.accounts.models import Grant, User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import Role, title
from brightline.workbench.cases.naming import scope_words
from brightline.workbench.cases.searching import fold
from brightline.workbench.look.forms import whole
from brightline.workbench.people.forms import NewPersonForm, roles, scopes, split_scope

P = Permission
PAGE = 50
STATES = {"open": N_("Open accounts"), "closed": N_("Closed accounts"), "all": N_("All accounts")}


@permitted(P.ACCOUNTS_PERSON_MANAGE)
def people(request: HttpRequest) -> HttpResponse:
    """The list; `q` is looked for in names and addresses without accents, `role`, `state`."""
    wanted, role = request.GET.get("q", "")[:200], request.GET.get("role", "")
    state = request.GET.get("state", "open")
    found = User.objects.prefetch_related(Prefetch("grants", Grant.objects.order_by("pk")))
    if state in ("open", "closed"):
        found = found.filter(is_active=state == "open")
    if role in {one.value for one in Role}:
        found = found.filter(grants__role=role).distinct()
    words = fold(wanted).split()
    shown = [
        person for person in found.order_by("display_name", "username", "pk")
        if all(word in fold(f"{person.display_name} {person.username} {person.email}")
               for word in words)
    ]  # fmt: skip
    pages = max(1, -(-len(shown) // PAGE))
    page = min(max(1, whole(request.GET.get("page", ""), 1)), pages)
    rows = [
        (person, [(title(Role(g.role)), scope_words(g.market, g.queue)) for g in
                  person.grants.all()])
        for person in shown[(page - 1) * PAGE : page * PAGE]
    ]  # fmt: skip
    return render(
        request,
        "people/people.html",
        {"rows": rows, "count": len(shown), "page": page, "pages": pages, "q": wanted,
         "role": role, "state": state, "roles": roles(),
         "states": {key: _(words) for key, words in STATES.items()}},
    )  # fmt: skip


@permitted(P.ACCOUNTS_PERSON_MANAGE)
def add(request: HttpRequest) -> HttpResponse:
    """Add a person: with a first password, or for the company's login only."""
    form = NewPersonForm(request.POST or None, initial={"language": "vi", "scope": "|"})
    if request.method == "POST" and form.is_valid() and _may_give(request, form):
        said, by = form.cleaned_data, request.user
        password = None if request.POST.get("company") else first_password()
        try:
            with transaction.atomic():
                person = add_person(
                    said["username"], password, by,  # type: ignore[arg-type]
                    display_name=said["display_name"], email=said["email"],
                    language=said["language"], first=password is not None,
                )  # fmt: skip
                if said["role"]:
                    market, queue = split_scope(said["scope"])
                    give_role(person, Role(said["role"]), by,  # type: ignore[arg-type]
                              market=market, queue=queue)  # fmt: skip
        except IntegrityError:
            form.add_error("username", _("This name is taken."))
        else:
            return invitation(request, person, password)
    return render(
        request, "people/add.html", {"form": form, "roles": roles(), "scopes": scopes()},
        status=422 if form.is_bound else 200,
    )  # fmt: skip


def _may_give(request: HttpRequest, form: NewPersonForm) -> bool:
    """Whether the role that goes with it may be given there; the form says so where it may not."""
    role = form.cleaned_data["role"]
    if not role:
        return True
    market, queue = split_scope(form.cleaned_data["scope"])
    if reaches(request.user, P.ACCOUNTS_GRANT_GIVE, market, queue):  # type: ignore[arg-type]
        return True
    form.add_error("scope", _("Your own role does not reach that far."))
    return False


def invitation(request: HttpRequest, person: User, password: str | None) -> HttpResponse:
    """The text to send to a person; the password in it is shown this once and kept nowhere."""
    address = request.build_absolute_uri(reverse("home"))
    response = render(
        request,
        "people/invitation.html",
        {"who": person, "password": password, "address": address},
    )
    response["Cache-Control"] = "no-store, private"
    return response
