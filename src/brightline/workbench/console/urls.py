"""The addresses of the console."""

from __future__ import annotations

from django.urls import path

from brightline.workbench.console import views

urlpatterns = [path("", views.console, name="console")]
