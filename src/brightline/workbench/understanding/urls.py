"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from brightline.workbench.understanding.views import (
    announcements,
    channels,
    editing,
    following,
    mine,
    releases,
)

urlpatterns = [
    path("", mine.notices, name="notices"),
    path("<int:pk>/", mine.notice, name="notice"),
    path("<int:pk>/read/", mine.read_notice, name="read_notice"),
    path("<int:pk>/quiz/", mine.quiz, name="quiz"),
    path("<int:pk>/quiz/<int:number>/", mine.quiz_result, name="quiz_result"),
    path("<int:pk>/edit/", editing.edit, name="edit_notice"),
    path("<int:pk>/board/", following.board, name="board"),
    path("<int:pk>/act/", following.act, name="notice_act"),
    path("<int:pk>/excuse/", following.excuse_person, name="excuse_person"),
    path("releases/", releases.briefings, name="briefings"),
    path("releases/<int:pk>/", releases.briefing, name="briefing"),
    path("releases/<int:pk>/send/", releases.send_notices, name="send_notices"),
    path("announced/<int:pk>/", announcements.announcement, name="announcement"),
    path("announced/<int:pk>/read/", announcements.read_announcement, name="read_announcement"),
    path("channels/", channels.channels, name="channels"),
    path("channels/<int:pk>/act/", channels.channel_act, name="channel_act"),
]
