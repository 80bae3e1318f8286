"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from brightline.workbench.releasing import views

urlpatterns = [
    path("", views.releases, name="releases"),
    path("<str:market>/<int:number>/", views.release, name="release"),
    path("<str:market>/<int:number>/cancel/", views.cancel_release, name="cancel_release"),
    path("<str:market>/<int:number>/restore/", views.restore_release, name="restore_release"),
    path("<str:market>/<int:number>/sign/", views.sign_release, name="sign_release"),
]
