"""The addresses of this room; those of appeals for staff are in `appeal_urls`."""

from __future__ import annotations

from django.urls import URLPattern, path

from brightline.workbench.sellers.views import exports, outside, staff

urlpatterns: list[URLPattern] = [
    path("", staff.sellers, name="sellers"),
    path("one/", staff.seller, name="seller"),
    path("statements/<slug:puid>/", staff.statement, name="statement"),
    path("statements/", exports.export, name="statements"),
    path("statements.<slug:form>", exports.export_file, name="statements_file"),
    path("s/<str:token>/", outside.told, name="told"),
    path("s/<str:token>/statement.json", outside.told_json, name="told_json"),
    path("s/<str:token>/appeal/", outside.appeal, name="appealed"),
]
