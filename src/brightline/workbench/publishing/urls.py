"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from brightline.workbench.publishing import on_release, push_views, rule_views, views

urlpatterns = [
    path("", views.approvals, name="approvals"),
    path("<int:draft_id>/", views.draft_approval, name="draft_approval"),
    path("<int:draft_id>/hand-in/", views.hand_in_draft, name="hand_in_draft"),
    path("<int:draft_id>/update/", views.update_draft, name="update_draft"),
    path("<int:draft_id>/sign/", views.sign, name="sign_draft"),
    path("<int:draft_id>/unsign/<int:pk>/", views.unsign, name="unsign_draft"),
    path("<int:draft_id>/publish/", views.publish, name="publish_draft"),
    path("pushed/<int:pk>/", push_views.push_approval, name="push_approval"),
    path("pushed/<int:pk>/act/", push_views.push_act, name="push_act"),
    path("rules/<str:market>/pushes/", rule_views.push_rule, name="push_rule"),
    path("files/<str:market>/<int:number>/", on_release.release_files, name="release_files"),
    path("rules/<str:market>/", rule_views.sign_rules, name="sign_rules"),
]
