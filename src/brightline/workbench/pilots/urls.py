"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from brightline.workbench.pilots import views

urlpatterns = [
    path("", views.pilots, name="pilots"),
    path("new/", views.new_pilot, name="new_pilot"),
    path("<int:pk>/", views.pilot, name="pilot"),
    path("<int:pk>/act/", views.pilot_act, name="pilot_act"),
]
