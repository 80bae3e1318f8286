"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from brightline.workbench.desk.views import asking, requests

urlpatterns = [
    path("", requests.request_list, name="requests"),
    path("mine/", asking.my_requests, name="my_requests"),
    path("mine/<int:request_id>/read/", asking.read, name="read_request"),
    path("new/", asking.ask, name="ask"),
    path("<int:request_id>/", requests.one, name="request"),
    path("<int:request_id>/triage/", requests.triage_request, name="triage_request"),
    path("<int:request_id>/answer/", requests.answer_request, name="answer_request"),
    path("<int:request_id>/reopen/", requests.reopen_request, name="reopen_request"),
    path("<int:request_id>/join/", requests.join_request, name="join_request"),
]
