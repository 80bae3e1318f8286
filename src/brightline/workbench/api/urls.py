"""The addresses of this room."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.urls.resolvers import URLResolver

from brightline.i18n import _
from brightline.workbench.api import key_views, upload_views
from brightline.workbench.api.door import ApiError, door, refusal
from brightline.workbench.api.v1.app import api


def _v1() -> tuple[list[URLPattern | URLResolver], str, str]:
    """The calls of the API, each behind the door."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        assert pattern.callback is not None
        pattern.callback = door(pattern.callback)
    return [*patterns, re_path(r"^[\s\S]*\Z", door(_nothing))], app, namespace


def _nothing(request: HttpRequest, **_more: Any) -> HttpResponse:
    return refusal(
        ApiError(
            404,
            _("there is nothing at this address"),
            _("what there is, is described at {path}").format(path="/api/v1/openapi.json"),
        )
    )


urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", _v1()),
    path("keys/", key_views.keys, name="keys"),
    path("keys/new/", key_views.add_key, name="add_key"),
    path("keys/<int:pk>/withdraw/", key_views.end_key, name="end_key"),
    path("uploads/", upload_views.uploads, name="uploads"),
    path("uploads/<int:pk>/", upload_views.upload, name="upload"),
    path("uploads/<int:pk>/start/", upload_views.start, name="start_upload"),
    path("uploads/<int:pk>/stop/", upload_views.stop, name="stop_upload"),
    path("uploads/<int:pk>/bad-rows.csv", upload_views.bad_rows, name="bad_rows"),
]
