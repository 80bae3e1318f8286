"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from brightline.workbench.backtests import views

urlpatterns = [
    path("", views.backtests, name="backtests"),
    path("ask/", views.ask, name="ask_backtest"),
    path("<int:report>/", views.report_page, name="backtest"),
]
