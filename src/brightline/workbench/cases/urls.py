"""The addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from brightline.workbench.cases.picture_views import case_picture

urlpatterns: list[URLPattern] = [
    path("pictures/<int:pk>/", case_picture, name="case_picture"),
]
