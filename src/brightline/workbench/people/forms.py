"""What is filled in about people."""

from __future__ import annotations

from typing import Any

from django import forms

from brightline.i18n import LANGUAGES, _
from brightline.workbench.accounts.models import User
from brightline.workbench.accounts.roles import Role, title
from brightline.workbench.cases.naming import markets, queues_in_words, rulebook_of, scope_words
from brightline.workbench.look.forms import Form, UserNameField

THEMES = ("system", "light", "dark")


def scopes() -> list[tuple[str, str]]:
    """Where a role can hold: value `market|queue` and its words, the widest first."""
    found = [("|", scope_words("", ""))]
    for market in markets():
        found.append((f"{market}|", scope_words(market, "")))
        found += [(f"{market}|{queue}", f"{market} · {words}")
                  for queue, words in queues_in_words(market).items()]  # fmt: skip
    return found


def languages_of_cases() -> list[str]:
    """The languages that cases may be in: those of the rulebooks, and ours."""
    found = set(LANGUAGES)
    for market in markets():
        book = rulebook_of(market)
        found.update(book.languages if book else ())
    return sorted(found, key=lambda one: (LANGUAGES.index(one) if one in LANGUAGES else 99, one))


class PersonForm(Form):
    """What an administrator says of a person."""

    display_name = forms.CharField(max_length=120, required=False)
    email = forms.EmailField(max_length=254, required=False)
    language = forms.ChoiceField(choices=[(one, one) for one in LANGUAGES])

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        """An address belongs to one person: the company's login finds them by it."""
        email: str = self.cleaned_data["email"]
        others = User.objects.filter(email__iexact=email)
        if self.person is not None:
            others = others.exclude(pk=self.person.pk)
        if email and others.exists():
            raise forms.ValidationError(_("Someone else has this address."))
        return email


class NewPersonForm(PersonForm):
    """A person to be added, with a first role."""

    username = UserNameField()
    role = forms.ChoiceField(required=False, choices=())
    scope = forms.ChoiceField(required=False, choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", ""), *roles()]  # type: ignore[attr-defined]
        self.fields["scope"].choices = scopes()  # type: ignore[attr-defined]

    def clean_username(self) -> str:
        """A name nobody has, whatever its capitals."""
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("This name is taken."))
        return name


class GrantForm(Form):
    """A role to be given."""

    role = forms.ChoiceField(choices=())
    scope = forms.ChoiceField(choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles()  # type: ignore[attr-defined]
        self.fields["scope"].choices = scopes()  # type: ignore[attr-defined]


class SettingsForm(Form):
    """One's own settings."""

    display_name = forms.CharField(max_length=120, required=False)
    language = forms.ChoiceField(choices=[(one, one) for one in LANGUAGES])
    theme = forms.ChoiceField(choices=[(one, one) for one in THEMES])
    reads = forms.MultipleChoiceField(required=False, choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reads"].choices = [  # type: ignore[attr-defined]
            (one, one) for one in languages_of_cases()
        ]


def roles() -> list[tuple[str, str]]:
    """The roles and what they are called."""
    return [(role.value, title(role)) for role in Role]


def split_scope(scope: str) -> tuple[str, str]:
    """`VN|regulated` → market and queue."""
    market, _bar, queue = scope.partition("|")
    return market, queue
