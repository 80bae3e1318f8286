"""The page of components, and the switch of language."""

from __future__ import annotations

from django.urls import path

from brightline.workbench.look import views

urlpatterns = [
    path("language/", views.choose_language, name="choose_language"),
    path("parts/", views.parts, name="parts"),
]
