"""Addresses of the citizen's pages."""

from django.urls import path

from portal.citizen import views

app_name = "citizen"

urlpatterns = [
    path("", views.reports, name="reports"),
    path("svar/<uuid:report_id>/", views.report, name="report"),
    path("hvem-har-sett/", views.access_log, name="access_log"),
]
