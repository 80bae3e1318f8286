"""The addresses of appeals, for staff."""

from __future__ import annotations

from django.urls import URLPattern, path

from brightline.workbench.sellers.views import appeals

urlpatterns: list[URLPattern] = [
    path("", appeals.appeals, name="appeals"),
    path("<int:pk>/", appeals.appeal, name="appeal"),
    path("papers/<int:pk>/", appeals.paper, name="paper"),
]
