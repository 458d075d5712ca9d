"""Several reports whole are what each of them is by itself, at the cost of one."""

import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from results import queries
from results.operations import ensure_patient
from results.parsed import ParsedAttachment, ParsedComment, ParsedServiceRequest
from results.vocabulary import ReportStatus
from tests.results.stories import (
    KARI,
    a_message,
    a_report,
    haemoglobin,
    low_ferritin,
    moment,
    store,
)

pytestmark = pytest.mark.django_db
LATER = moment("2026-11-16T12:00+01:00")


def reported(key: str, *observations, **changed):
    sent = {k: changed.pop(k) for k in ("generated_at",) if k in changed}
    report = a_report(id=key, observations=observations, **changed)
    return store(a_message(report, **sent))


def read():
    patient = queries.patient_header(ensure_patient(KARI))
    return queries.details_of(patient, queries.reports_of(patient.patient_id))


def test_each_is_what_it_is_by_itself():
    question = ParsedServiceRequest(reasons=(ParsedComment("Anemi?"),))
    reported("one", haemoglobin(), low_ferritin(), service_requests=(question,))
    reported("two", haemoglobin("99"), attachments=(ParsedAttachment("svar.pdf"),))
    reported("changed", haemoglobin("120", members=(low_ferritin(),)), low_ferritin())
    reported("changed", haemoglobin("121"), generated_at=LATER)
    reported("withdrawn", haemoglobin())
    reported("withdrawn", status=ReportStatus.CANCELLED, generated_at=LATER)

    patient = ensure_patient(KARI)
    found = read()

    assert len(found) == 3
    for key, detail in found.items():
        alone = queries.report_of(patient, key)
        # What each version changed is told where one report is read.
        assert detail == dataclasses.replace(alone, history=())


def test_it_costs_the_same_however_many():
    costs = []
    for number in range(3):
        reported(f"{number}", haemoglobin())
        reported(f"{number}", low_ferritin(), generated_at=LATER)
        with CaptureQueriesContext(connection) as asked:
            read()
        costs.append(len(asked))

    assert costs[0] == costs[1] == costs[2]


def test_nothing_costs_nothing():
    patient = queries.patient_header(ensure_patient(KARI))

    assert queries.details_of(patient, ()) == {}


def test_what_was_examined_is_told_by_report():
    one = reported("one", haemoglobin(), low_ferritin())
    patient = ensure_patient(KARI)

    found = queries.examined_in(patient, queries.reports_of(patient))

    assert [e.name for e in found[one.report_id]] == ["B-Hemoglobin", "P-Ferritin"]


def test_analytes_with_numbers_are_told_once_by_name():
    reported("one", haemoglobin(), low_ferritin())
    reported("two", haemoglobin("99"))
    patient = ensure_patient(KARI)

    found = queries.measured_in(patient, queries.reports_of(patient))

    assert [(m.name, m.unit) for m in found] == [
        ("B-Hemoglobin", "g/L"),
        ("P-Ferritin", "µg/L"),
    ]
    assert len({m.analyte.key for m in found}) == 2
