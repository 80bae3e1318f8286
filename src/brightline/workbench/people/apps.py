"""The app people."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The pages of people: logging in, settings, roles, and why one may or may not."""

    name = "brightline.workbench.people"
    label = "people"
