"""Kari's answers are erased on her word, and the log of who read them still holds."""

import pytest

from access import lookup
from access.models import AccessLogEntry
from access.sealing import seal, verify
from access.terms import Action
from results.models import DiagnosticReport
from tests import cast
from tests.access.left_behind import words_left
from tests.access.situations import NEED
from tests.builders import a_message, a_number
from tests.portal.visiting import has_arrived

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("_what_is_written_is_committed"),
]
CLINICAL = ("P-Ferritin", "4711.83", "NPU19763")


def test_nothing_clinical_is_left_and_the_log_verifies():
    """F55: a search of every table, the bytes, the outbox and the files."""
    kari, ola = cast.the_viewer(cast.KARI), cast.the_viewer(cast.OLA)
    ferritin = a_number("NPU19763", "4711.83", name="P-Ferritin")
    has_arrived(a_message(about=cast.KARI, results=[ferritin]))
    lookup.open_patient(ola, number=cast.KARI.number, **NEED)
    report = DiagnosticReport.objects.get().pk
    lookup.open_report(ola, patient_id=kari.patient_id, report_id=report)
    seal()
    assert words_left(*CLINICAL) == set(CLINICAL)

    assert lookup.reserve(kari, patient_id=kari.patient_id).value

    assert words_left(*CLINICAL) == set()
    seal()
    assert verify().faults == []
    actions = AccessLogEntry.objects.order_by("at", "id").values_list("action")
    assert [a for (a,) in actions] == [
        Action.OPEN_PATIENT,
        Action.OPEN_REPORT,
        Action.RESERVE,
    ]
