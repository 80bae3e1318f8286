"""The app publishing."""

from __future__ import annotations

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Versions are approved and published."""

    name = "brightline.workbench.publishing"
    label = "publishing"

    def ready(self) -> None:
        """Say who wrote what was released from drafts; add to the pages of releases."""
        from brightline.workbench.publishing.on_release import beside_release, beside_releases
        from brightline.workbench.publishing.standing import written_by
        from brightline.workbench.publishing.waiting import pushed_by
        from brightline.workbench.releasing.page_parts import LIST_PARTS, PARTS, ListPart, Part
        from brightline.workbench.rulebooks.signing import AUTHORS

        AUTHORS.append(written_by)
        AUTHORS.append(pushed_by)
        PARTS.append(Part("publishing/on_release.html", beside_release))
        LIST_PARTS.append(ListPart("publishing/on_releases.html", beside_releases))
