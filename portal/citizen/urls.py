"""Addresses of the citizen's pages."""

from django.urls import path

from portal.citizen import (
    analytes,
    corrections,
    limits,
    notices,
    powers,
    questions,
    reservations,
    taking,
    views,
    whom,
)

app_name = "citizen"

urlpatterns = [
    path("", views.reports, name="reports"),
    path("bilder-og-vev/", views.images, name="images"),
    path("analyser/", analytes.analytes, name="analytes"),
    path("analyser/<slug:key>/", analytes.analyte, name="analyte"),
    path("sok/", analytes.search, name="search"),
    path("svar/<uuid:report_id>/", views.report, name="report"),
    path(
        "svar/<uuid:report_id>/vedlegg/<uuid:form_id>/",
        views.attachment,
        name="attachment",
    ),
    path("svar/<uuid:report_id>/pdf/", taking.report_pdf, name="report_pdf"),
    path("svar/<uuid:report_id>/fhir/", taking.report_fhir, name="report_fhir"),
    path("ta-med/fhir/", taking.reports_fhir, name="reports_fhir"),
    path("ta-med/", taking.overview, name="take_along"),
    path("ta-med/pdf/", taking.reports_pdf, name="reports_pdf"),
    path("svar/<uuid:report_id>/feil/", corrections.ask, name="ask_correction"),
    path("feil/", corrections.listed, name="corrections"),
    path("sperre/", limits.limits, name="limits"),
    path("sperre/svar/", limits.restrict, name="restrict"),
    path("sperre/person/", limits.block, name="block"),
    path("sperre/<uuid:limit_id>/opphev/", limits.lift, name="lift"),
    path("varsler/", notices.notices, name="notices"),
    path("varsler/valg/", notices.choose, name="choose_notices"),
    path("varsler/adresse/", notices.set_contact, name="set_contact"),
    path("varsler/kode/", notices.confirm, name="confirm_contact"),
    path("varsler/fjern/", notices.remove, name="remove_contact"),
    path("reservasjon/", reservations.reservations, name="reservations"),
    path("reservasjon/lagring/", reservations.reserve, name="reserve"),
    path(
        "reservasjon/lagring/opphev/",
        reservations.end_reservation,
        name="end_reservation",
    ),
    path("reservasjon/nett/", reservations.close_digital_access, name="close_digital"),
    path("hvem/", whom.whom, name="whom"),
    path("fullmakter/", powers.powers, name="powers"),
    path("fullmakter/gi/", powers.give, name="give_power"),
    path("fullmakter/<uuid:power_id>/endre/", powers.limit, name="limit_power"),
    path("fullmakter/<uuid:power_id>/avslutt/", powers.end, name="end_power"),
    path("fullmakter/foreldre/", powers.parents, name="parents"),
    path("hvem-har-sett/", views.access_log, name="access_log"),
    path("hvem-har-sett/sporsmal/", questions.questions, name="questions"),
    path("hvem-har-sett/<uuid:entry_id>/sporsmal/", questions.ask, name="ask"),
]
