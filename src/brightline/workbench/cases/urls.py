"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from brightline.workbench.cases import views

urlpatterns = [
    path("", views.cases, name="cases"),
    path("<int:pk>/", views.case, name="case"),
]
