"""Every address of the workbench, room by room."""

from __future__ import annotations

from django.urls import include, path

from brightline.workbench.health import healthz
from brightline.workbench.home_page import home

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("look/", include("brightline.workbench.look.urls")),
    path("review/", include("brightline.workbench.console.urls")),
    path("cases/", include("brightline.workbench.cases.urls")),
    path("queues/", include("brightline.workbench.queues.urls")),
    path("escalations/", include("brightline.workbench.escalations.urls")),
    path("sellers/", include("brightline.workbench.sellers.urls")),
    path("appeals/", include("brightline.workbench.sellers.appeal_urls")),
    path("deliveries/", include("brightline.workbench.delivery.urls")),
    path("people/", include("brightline.workbench.accounts.urls")),
    path("audit/", include("brightline.workbench.audit.urls")),
    path("api/", include("brightline.workbench.api.urls")),
]
handler403 = "brightline.workbench.look.errors.refused"
handler404 = "brightline.workbench.look.errors.missing"
handler500 = "brightline.workbench.look.errors.broken"
