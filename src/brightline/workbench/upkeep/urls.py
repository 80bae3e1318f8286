"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from brightline.workbench.upkeep import views

urlpatterns = [
    path("", views.calendar, name="upkeep"),
    path("law/", views.law, name="law"),
    path("clauses/", views.clauses, name="clauses"),
    path("<str:market>/ask/", views.ask_for, name="ask_for_due"),
    path("<str:market>/law/<str:name>/", views.instrument, name="instrument"),
    path("<str:market>/law/<str:name>/changed/", views.law_changed, name="law_changed"),
    path("<str:market>/clause/<str:sop>/<str:name>/", views.clause, name="clause_history"),
]
