"""The addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from brightline.workbench.cases import views
from brightline.workbench.cases.picture_views import case_picture

urlpatterns: list[URLPattern] = [
    path("", views.cases, name="cases"),
    path("<int:pk>/", views.case, name="case"),
    path("pictures/<int:pk>/", case_picture, name="case_picture"),
]
