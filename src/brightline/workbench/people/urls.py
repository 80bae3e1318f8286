"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from brightline.workbench.people import list_views, own_views, person_views, why_views

urlpatterns = [
    path("", list_views.people, name="people"),
    path("add/", list_views.add, name="add_person"),
    path("me/", own_views.my_settings, name="my_settings"),
    path("me/sessions/end/", own_views.end_session, name="end_session"),
    path("why/", why_views.why, name="why"),
    path("roles/", why_views.table_of_roles, name="roles"),
    path("<int:pk>/", person_views.person, name="person"),
    path("<int:pk>/roles/give/", person_views.give, name="give_role"),
    path("<int:pk>/roles/<int:grant>/take/", person_views.take, name="take_role"),
    path("<int:pk>/account/", person_views.close, name="close_account"),
    path("<int:pk>/password/", person_views.new_password, name="give_password"),
    path("<int:pk>/log-out/", person_views.log_out, name="log_out_person"),
]
