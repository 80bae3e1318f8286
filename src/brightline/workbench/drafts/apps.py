"""The app drafts."""

from __future__ import annotations

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Drafts of the rulebook, edited by several people, and the consultation on them."""

    name = "brightline.workbench.drafts"
    label = "drafts"
