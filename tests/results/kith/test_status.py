"""The national service's two matrices, whole."""

import pytest

from results.kith import status
from results.vocabulary import Interpretation, ObservationStatus, ReportStatus

REPORT = {
    "N": {"S": "registered", "P": "preliminary", "F": "final", "A": "unknown"},
    "M": {"S": "amended", "P": "amended", "F": "amended", "A": "appended"},
    "C": dict.fromkeys("SPFA", "cancelled"),
    "H": dict.fromkeys("SPFA", "unknown"),
    "A": dict.fromkeys("SPFA", "unknown"),
}

# One letter a code: none, then 1 to 15.
OBSERVATION = {
    "N": "f u p f f r r r p p p f u f u r",
    "M": "a a a a a u r r u u u a a a u r",
    "H": "f a p f f u u u u u u u u u u f",
    "A": "f u p f f r r r p p p f p f u r",
    "C": "c " * 16,
}
LETTERS = {
    "f": ObservationStatus.FINAL,
    "u": ObservationStatus.UNKNOWN,
    "p": ObservationStatus.PRELIMINARY,
    "r": ObservationStatus.REGISTERED,
    "a": ObservationStatus.AMENDED,
    "c": ObservationStatus.CANCELLED,
}


@pytest.mark.parametrize("service_type", REPORT)
@pytest.mark.parametrize("code", "SPFA")
def test_every_pair_of_a_report(service_type, code):
    expected = ReportStatus(REPORT[service_type][code])
    assert status.report_status(service_type, code) is expected


@pytest.mark.parametrize("service_type", OBSERVATION)
@pytest.mark.parametrize("number", range(16))
def test_every_pair_of_an_item(service_type, number):
    letter = OBSERVATION[service_type].split()[number]
    code = str(number) if number else None
    assert status.observation_status(service_type, code) is LETTERS[letter]


@pytest.mark.parametrize(
    ("service_type", "code"), [(None, None), ("N", None), ("X", "F"), ("", "F")]
)
def test_a_pair_nobody_knows_is_an_unknown_report(service_type, code):
    assert status.report_status(service_type, code) is ReportStatus.UNKNOWN


@pytest.mark.parametrize(
    ("service_type", "code"), [(None, "3"), ("N", "16"), ("E", "3"), ("N", "03")]
)
def test_a_pair_nobody_knows_is_an_unknown_item(service_type, code):
    found = status.observation_status(service_type, code)
    assert found is ObservationStatus.UNKNOWN


def test_a_cancellation_needs_no_status():
    assert status.report_status("C", None) is ReportStatus.CANCELLED
    assert status.observation_status("C", "99") is ObservationStatus.CANCELLED


def test_deviation_marks():
    marks = [status.interpretation(code) for code in ("1", "2", "3", "4", None)]
    high, low, abnormal = Interpretation
    assert marks == [high, low, abnormal, None, None]


@pytest.mark.parametrize(
    ("report", "legal", "illegal"),
    [("N", "NA", "MCH"), ("M", "NMCHA", ""), ("C", "C", "NMHA")],
)
def test_which_items_a_report_may_hold(report, legal, illegal):
    assert all(status.is_legal_item(report, item) for item in legal)
    assert not any(status.is_legal_item(report, item) for item in illegal)


def test_an_item_without_a_kind_is_legal_anywhere():
    assert status.is_legal_item("C", None)
    assert status.is_legal_item("X", "N")
