"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from brightline.workbench.queues import bulk_views, market_views, views

urlpatterns = [
    path("", views.queues, name="queues"),
    path("undo/<int:seq>/", bulk_views.undo_bulk, name="undo_bulk"),
    path("<str:market>/settings/", market_views.market_settings, name="market_settings"),
    path("<str:market>/<str:queue>/", views.queue, name="queue"),
    path("<str:market>/<str:queue>/pause/", views.pause, name="pause_queue"),
    path("<str:market>/<str:queue>/bulk/", bulk_views.bulk, name="bulk"),
]
