"""The app publishing."""

from __future__ import annotations

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Versions are approved and published."""

    name = "brightline.workbench.publishing"
    label = "publishing"

    def ready(self) -> None:
        """Say who wrote what was released from drafts."""
        from brightline.workbench.publishing.standing import written_by
        from brightline.workbench.rulebooks.signing import AUTHORS

        AUTHORS.append(written_by)
