"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from brightline.workbench.drafts.views import (
    conflicts,
    consulting,
    drafts,
    editor,
    files,
    translating,
)

urlpatterns = [
    path("", drafts.draft_list, name="drafts"),
    path("new/", drafts.new, name="draft_new"),
    path("<int:draft_id>/", drafts.draft, name="draft"),
    path("<int:draft_id>/history/", drafts.history, name="draft_history"),
    path("<int:draft_id>/sops/new/", files.new_sop, name="draft_new_sop"),
    path("<int:draft_id>/law/", files.begin_law, name="draft_begin_law"),
    path("<int:draft_id>/import/", files.import_file, name="draft_import"),
    path("<int:draft_id>/export/", files.export, name="draft_export"),
    path("<int:draft_id>/drop/", drafts.drop, name="draft_drop"),
    path("<int:draft_id>/both/<int:unmerged_id>/", conflicts.conflict, name="draft_conflict"),
    path("<int:draft_id>/consult/", consulting.consultation, name="draft_consult"),
    path("<int:draft_id>/consult/ask/", consulting.ask_people, name="draft_ask"),
    path("<int:draft_id>/consult/<int:review_id>/", consulting.give_verdict, name="draft_verdict"),
    path(
        "<int:draft_id>/comments/<int:comment_id>/", consulting.decide_comment, name="draft_decide"
    ),
    path("<int:draft_id>/comment/<path:path>", consulting.comment, name="draft_comment"),
    path("<int:draft_id>/edit/<path:path>", editor.edit, name="draft_edit"),
    path("<int:draft_id>/form/<path:path>", editor.form, name="draft_form"),
    path("<int:draft_id>/op/<path:path>", editor.op, name="draft_op"),
    path("<int:draft_id>/save/<path:path>", editor.save, name="draft_save"),
    path("<int:draft_id>/stays/<path:path>", translating.stays, name="draft_stays"),
    path("<int:draft_id>/undo/<path:path>", editor.take_back, name="draft_undo"),
    path("<int:draft_id>/check/<path:path>", editor.check, name="draft_check"),
    path("<int:draft_id>/impact/<path:path>", editor.impact, name="draft_impact"),
]
