"""Addresses of the citizen's pages."""

from django.urls import path

from portal.citizen import views

app_name = "citizen"

urlpatterns = [
    path("", views.reports, name="reports"),
    path("svar/<uuid:report_id>/", views.report, name="report"),
    path(
        "svar/<uuid:report_id>/vedlegg/<uuid:form_id>/",
        views.attachment,
        name="attachment",
    ),
    path("hvem-har-sett/", views.access_log, name="access_log"),
]
