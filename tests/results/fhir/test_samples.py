"""Every public FHIR sample is read or refused; the reports among them whole."""

import json

import pytest
from django.conf import settings

from results.fhir.read import read

SHARED = settings.BASE_DIR.parent / "shared" / "samples" / "fhir"
SAMPLES = sorted(SHARED.rglob("*.json"))
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SAMPLES, reason="../shared/samples is not there"),
]
REPORTS = [
    "BundleLabResultMicroCultureSusc",
    "SimpleChemistryResultReport",
    "lab-document",
    "radiology-minimal",
]


def resources(path, kind):
    entries = json.loads(path.read_text())["entry"]
    return [e["resource"] for e in entries if e["resource"]["resourceType"] == kind]


def test_none_of_them_stops_us():
    for path in SAMPLES:
        message = read(path.read_bytes())
        assert message.report or message.faults, path


@pytest.mark.parametrize("name", REPORTS)
def test_every_result_of_a_report_is_read_once(name):
    (path,) = (p for p in SAMPLES if p.stem.endswith(name))
    message = read(path.read_bytes())
    found = list(message.report.all_observations())
    # A report in words alone is given a result for each.
    sent = resources(path, "Observation") or ["examination", "text", "conclusion"]

    assert message.faults == ()
    assert len(found) == len(sent)
    assert all(o.codings or o.text for o in found)


@pytest.mark.parametrize("name", REPORTS)
def test_every_number_keeps_its_digits(name):
    (path,) = (p for p in SAMPLES if p.stem.endswith(name))
    found = read(path.read_bytes()).report.all_observations()
    text = path.read_text()

    for quantity in (o.quantity for o in found if o.quantity):
        assert f": {quantity.digits}" in text.replace('":', '": ').replace("  ", " ")


def test_an_agents_answers_are_found():
    (path,) = (p for p in SAMPLES if p.stem.endswith("MicroCultureSusc"))
    report = read(path.read_bytes()).report
    answers = [o for o in report.all_observations() if o.heading == "RSB"]

    assert [o.value_codings[0].code for o in answers] == list("SRSSRSRS")
    assert [o.quantity.comparator for o in answers][:3] == ["<=", ">", None]
