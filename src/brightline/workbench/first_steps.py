"""The first minute of an empty installation: an administrator, then a rulebook, in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from brightline.i18n import _
from brightline.paths import bundled_rulebook
from brightline.rulebook.model import Rulebook
from brightline.rulebook.problems import UnusableRulebook
from brightline.rulebook.reading import read
from brightline.workbench import first_code
from brightline.workbench.accounts.actions.add_person import add_person
from brightline.workbench.accounts.actions.give_role import give_role
from brightline.workbench.accounts.gate import permitted, public
from brightline.workbench.accounts.may import may
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.accounts.roles import Role
from brightline.workbench.drafts.actions.publish_folder import publish_folder
from brightline.workbench.home_page import first_page
from brightline.workbench.look.errors import too_many
from brightline.workbench.look.forms import Form, UserNameField
from brightline.workbench.uploaded_rulebook import UnusableArchive, unpacked

_BACKEND = "brightline.workbench.accounts.backends.Backend"


class FirstForm(Form):
    """The first administrator, and the code from the terminal."""

    code = forms.CharField(max_length=40)
    username = UserNameField()
    display_name = forms.CharField(max_length=120, required=False)
    password = forms.CharField(max_length=200, strip=False)
    manager = forms.BooleanField(required=False)

    def clean_code(self) -> str:
        """Only who sees the terminal of the server may go on."""
        code: str = self.cleaned_data["code"]
        if not first_code.right(settings.HOME, code):
            raise forms.ValidationError(
                _("This is not the code. It stands in the terminal where the server was started.")
            )
        return code

    def clean_password(self) -> str:
        """A password that holds."""
        password: str = self.cleaned_data["password"]
        validate_password(password, User(username=self.cleaned_data.get("username", "")))
        return password


@public
@sensitive_post_parameters()
@require_POST
def first_administrator(request: HttpRequest) -> HttpResponse:
    """Make the first administrator and log them in; only while there is nobody."""
    if User.objects.exists():
        return redirect("home")
    if not ratelimit.consume(request, action="login_failed", key="first"):
        return too_many(request)
    form = FirstForm(request.POST)
    if not form.is_valid() or not first_code.use_up(settings.HOME):
        return first_page(request, form)
    said = form.cleaned_data
    with transaction.atomic():
        person = add_person(said["username"], said["password"], None,
                            display_name=said["display_name"])  # fmt: skip
        give_role(person, Role.ADMIN, None)
        if said["manager"]:
            give_role(person, Role.MANAGER, None)
    login(request, person, _BACKEND)
    return redirect("home")


@permitted(Permission.RULEBOOKS_RELEASE_PUBLISH)
@require_POST
def first_rulebook(request: HttpRequest) -> HttpResponse:
    """Publish the bundled rulebook, or one from an uploaded zip; say what is wrong with it."""
    try:
        with _asked_for(request) as folder:
            book = read(folder)
            return _published(request, book, folder)
    except UnusableRulebook as found:
        return first_page(request, problems=found.problems, status=422)
    except UnusableArchive as error:
        return first_page(request, trouble=str(error), status=422)


def _published(request: HttpRequest, book: Rulebook, folder: Path) -> HttpResponse:
    if not may(request.user, Permission.RULEBOOKS_RELEASE_PUBLISH, book.market):
        return first_page(
            request,
            trouble=_("This rulebook is for the market {market}, which your role does not reach.")
            .format(market=book.market),
            status=403,
        )  # fmt: skip
    release = publish_folder(book, folder, request.user)  # type: ignore[arg-type]
    said = _("Rulebook “{name}” is in force in the market {market}.")
    messages.success(request, said.format(name=release.name, market=release.market))
    return redirect("home")


@contextmanager
def _asked_for(request: HttpRequest) -> Iterator[Path]:
    """The folder. Raises `UnusableArchive`."""
    upload = request.FILES.get("archive")
    if request.POST.get("bundled"):
        yield bundled_rulebook()
        return
    if upload is None:
        raise UnusableArchive(_("Choose a zip file first."))
    with unpacked(upload) as folder:
        yield folder
