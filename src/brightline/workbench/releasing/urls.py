"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from brightline.workbench.releasing import sweep_views, views

urlpatterns = [
    path("", views.releases, name="releases"),
    path("sweeps/<int:pk>/", sweep_views.sweep, name="sweep"),
    path("sweeps/<int:pk>/carry-out/", sweep_views.carry_out_sweep, name="carry_out_sweep"),
    path("sweeps/<int:pk>/stop/", sweep_views.stop_sweep, name="stop_sweep"),
    path("<str:market>/<int:number>/sweep/", sweep_views.sweep_release, name="sweep_release"),
    path("<str:market>/<int:number>/", views.release, name="release"),
    path("<str:market>/<int:number>/cancel/", views.cancel_release, name="cancel_release"),
    path("<str:market>/<int:number>/restore/", views.restore_release, name="restore_release"),
    path("<str:market>/<int:number>/sign/", views.sign_release, name="sign_release"),
]
