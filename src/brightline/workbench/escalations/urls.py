"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from brightline.workbench.escalations.views import acts, mine, precedents, questions

urlpatterns = [
    path("questions/", questions.question_list, name="questions"),
    path("questions/<int:question_id>/", questions.question, name="question"),
    path("questions/<int:question_id>/answer/", acts.answer, name="answer_question"),
    path("questions/<int:question_id>/take/", acts.take_case, name="take_question"),
    path("questions/<int:question_id>/pass/", acts.pass_question, name="pass_question"),
    path("questions/<int:question_id>/settle/", acts.settle, name="settle_question"),
    path("mine/", mine.my_questions, name="my_questions"),
    path("mine/<int:question_id>/read/", mine.read, name="read_answer"),
    path("precedents/", precedents.precedent_list, name="precedents"),
    path("precedents/<int:precedent_id>/", precedents.precedent, name="precedent"),
    path("precedents/<int:precedent_id>/change/", precedents.change, name="change_precedent"),
]
