"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from brightline.workbench.records import views

urlpatterns = [
    path("", views.events, name="events"),
    path("export.csv", views.export, name="export_events"),
    path("verify/", views.verify, name="verify"),
]
