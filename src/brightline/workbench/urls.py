"""Every address of the workbench, room by room."""

from __future__ import annotations

from django.urls import include, path

from brightline.workbench import first_steps
from brightline.workbench.health import healthz
from brightline.workbench.home_page import home

urlpatterns = [
    path("", home, name="home"),
    path("first/administrator/", first_steps.first_administrator, name="first_administrator"),
    path("first/rulebook/", first_steps.first_rulebook, name="first_rulebook"),
    path("accounts/", include("brightline.workbench.people.login_urls")),
    path("healthz", healthz, name="healthz"),
    path("look/", include("brightline.workbench.look.urls")),
    path("review/", include("brightline.workbench.console.urls")),
    path("cases/", include("brightline.workbench.cases.urls")),
    path("upkeep/", include("brightline.workbench.upkeep.urls")),
    path("approvals/", include("brightline.workbench.publishing.urls")),
    path("releases/", include("brightline.workbench.releasing.urls")),
    path("queues/", include("brightline.workbench.queues.urls")),
    path("escalations/", include("brightline.workbench.escalations.urls")),
    path("requests/", include("brightline.workbench.desk.urls")),
    path("drafts/", include("brightline.workbench.drafts.urls")),
    path("sellers/", include("brightline.workbench.sellers.urls")),
    path("appeals/", include("brightline.workbench.sellers.appeal_urls")),
    path("pilots/", include("brightline.workbench.pilots.urls")),
    path("understanding/", include("brightline.workbench.understanding.urls")),
    path("deliveries/", include("brightline.workbench.delivery.urls")),
    path("people/", include("brightline.workbench.people.urls")),
    path("audit/", include("brightline.workbench.records.urls")),
    path("backtests/", include("brightline.workbench.backtests.urls")),
    path("api/", include("brightline.workbench.api.urls")),
]
handler429 = "brightline.workbench.look.errors.too_many"
handler403 = "brightline.workbench.look.errors.refused"
handler404 = "brightline.workbench.look.errors.missing"
handler500 = "brightline.workbench.look.errors.broken"
