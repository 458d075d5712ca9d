"""Addresses of health personnel's pages; a patient is an opaque key, never a number."""

from django.urls import path

from portal.clinician import cases, closed, views

app_name = "clinician"

urlpatterns = [
    path("", views.search, name="search"),
    path("pasient/<uuid:patient_id>/", views.reports, name="reports"),
    path("pasient/<uuid:patient_id>/behov/", views.need, name="need"),
    path("pasient/<uuid:patient_id>/sperret/", closed.elevate, name="elevate"),
    path("saker/", cases.listed, name="cases"),
    path("saker/<uuid:case_id>/", cases.case, name="case"),
    path("nodtilganger/", closed.overrides, name="overrides"),
    path("pasient/<uuid:patient_id>/lukk/", views.close, name="close"),
    path(
        "pasient/<uuid:patient_id>/svar/<uuid:report_id>/", views.report, name="report"
    ),
    path(
        "pasient/<uuid:patient_id>/svar/<uuid:report_id>/trukket/",
        views.withdrawn,
        name="withdrawn",
    ),
    path(
        "pasient/<uuid:patient_id>/svar/<uuid:report_id>/vedlegg/<uuid:form_id>/",
        views.attachment,
        name="attachment",
    ),
]
