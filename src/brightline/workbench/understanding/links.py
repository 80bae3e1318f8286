"""Addresses of notices for what leaves the house."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from brightline.workbench.understanding.models import Notice


def link(notice: Notice) -> str:
    """The address of the page of a notice; empty where the server does not know its own."""
    return settings.PUBLIC_URL + reverse("notice", args=[notice.pk]) if settings.PUBLIC_URL else ""
