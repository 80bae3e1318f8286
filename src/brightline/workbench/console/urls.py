"""The addresses of the console."""

from __future__ import annotations

from django.urls import path

from brightline.workbench.console import handing_up, leaving, pictures, start, turns, wellness_page

urlpatterns = [
    path("", start.console, name="console"),
    path("begin/", start.begin_work, name="console_begin"),
    path("wellness/", wellness_page.wellness, name="wellness"),
    path("task/<int:task_id>/", turns.task, name="console_task"),
    path("task/<int:task_id>/answers/", turns.answers, name="console_answers"),
    path("task/<int:task_id>/ask/", turns.ask, name="console_ask"),
    path("task/<int:task_id>/known/", turns.known, name="console_known"),
    path("task/<int:task_id>/ahead/", turns.ahead, name="console_ahead"),
    path("task/<int:task_id>/hold/", turns.hold, name="console_hold"),
    path("task/<int:task_id>/decide/", turns.confirm, name="console_decide"),
    path("task/<int:task_id>/escalate/", handing_up.escalate_task, name="console_escalate"),
    path("task/<int:task_id>/unclear/", handing_up.unclear, name="console_unclear"),
    path("task/<int:task_id>/skip/", leaving.skip_task, name="console_skip"),
    path("task/<int:task_id>/give-back/", leaving.give_back_task, name="console_give_back"),
    path("task/<int:task_id>/picture/<int:picture_id>/", pictures.picture, name="console_picture"),
]
