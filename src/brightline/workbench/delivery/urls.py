"""The addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from brightline.workbench.delivery import views

urlpatterns: list[URLPattern] = [
    path("", views.hooks, name="hooks"),
    path("hooks/new/", views.add_hook, name="add_hook"),
    path("hooks/<int:pk>/", views.hook, name="hook"),
    path("hooks/<int:pk>/change/", views.change_hook, name="change_hook"),
    path("hooks/<int:pk>/state/", views.hook_state, name="hook_state"),
    path("<int:pk>/again/", views.delivery_again, name="delivery_again"),
]
