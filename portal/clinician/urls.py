"""Addresses of health personnel's pages; a patient is an opaque key, never a number."""

from django.urls import path

from portal.clinician import (
    assessing,
    cases,
    closed,
    corrections,
    help_desk,
    limits,
    overviews,
    release,
    shortcuts,
    taking,
    texts,
    trends,
    views,
)

app_name = "clinician"

urlpatterns = [
    path("brukerstotte/", help_desk.find, name="help_desk"),
    path("brukerstotte/<uuid:patient_id>/", help_desk.change, name="help_patient"),
    path("", views.search, name="search"),
    path("pasient/<uuid:patient_id>/", overviews.cumulative, name="reports"),
    path("pasient/<uuid:patient_id>/nytt/", overviews.news, name="news"),
    path("pasient/<uuid:patient_id>/svar/", overviews.by_report, name="by_report"),
    path("pasient/<uuid:patient_id>/over-tid/", trends.trend, name="trend"),
    path(
        "pasient/<uuid:patient_id>/mikrobiologi/",
        texts.microbiology,
        name="microbiology",
    ),
    path("pasient/<uuid:patient_id>/patologi/", texts.pathology, name="pathology"),
    path("pasient/<uuid:patient_id>/bilder/", texts.imaging, name="imaging"),
    path("pasient/<uuid:patient_id>/sok/", texts.search, name="search_texts"),
    path("pasient/<uuid:patient_id>/rekkefolge/", overviews.order, name="order"),
    path("pasient/<uuid:patient_id>/behov/", views.need, name="need"),
    path("pasient/<uuid:patient_id>/sperret/", closed.elevate, name="elevate"),
    path("pasient/<uuid:patient_id>/sperringer/", limits.limits, name="limits"),
    path(
        "pasient/<uuid:patient_id>/sperringer/svar/", limits.restrict, name="restrict"
    ),
    path("pasient/<uuid:patient_id>/sperringer/person/", limits.block, name="block"),
    path(
        "pasient/<uuid:patient_id>/sperringer/<uuid:limit_id>/opphev/",
        limits.lift,
        name="lift",
    ),
    path("vurdering/", assessing.worklist, name="to_assess"),
    path("vurdering/<uuid:report_id>/", assessing.answer, name="assess"),
    path("vurdering/stedfortreder/", assessing.set_deputy, name="set_deputy"),
    path(
        "vurdering/stedfortreder/<uuid:deputy_id>/avslutt/",
        assessing.end_deputy,
        name="end_deputy",
    ),
    path("rettelser/", corrections.listed, name="corrections"),
    path("rettelser/<uuid:case_id>/", corrections.case, name="correction"),
    path("hurtigtaster/", shortcuts.shortcuts, name="shortcuts"),
    path("saker/", cases.listed, name="cases"),
    path("saker/<uuid:case_id>/", cases.case, name="case"),
    path("nodtilganger/", closed.overrides, name="overrides"),
    path("pasient/<uuid:patient_id>/lukk/", views.close, name="close"),
    path(
        "pasient/<uuid:patient_id>/svar/<uuid:report_id>/", views.report, name="report"
    ),
    path(
        "pasient/<uuid:patient_id>/svar/<uuid:report_id>/innsyn/",
        release.decide,
        name="release",
    ),
    path(
        "pasient/<uuid:patient_id>/svar/<uuid:report_id>/pdf/",
        taking.report,
        name="report_pdf",
    ),
    path(
        "pasient/<uuid:patient_id>/svar/<uuid:report_id>/tekst/",
        taking.text,
        name="report_text",
    ),
    path("pasient/<uuid:patient_id>/pdf/", taking.reports, name="reports_pdf"),
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
