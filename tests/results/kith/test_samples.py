"""Every public sample: read or refused for a reason, answered in valid XML."""

import datetime

import pytest
from django.conf import settings

from results.ingestion import validate
from results.kith import apprec, schemas, xml
from results.kith.apprec import Recipient
from results.kith.read import read
from results.parsed import MessageFault

SHARED = settings.BASE_DIR.parent / "shared" / "samples"
SAMPLES = sorted((SHARED / "svarrapport").rglob("*.xml"))
OFFICIAL = SHARED / "svarrapport" / "sarepta"
ACCEPTANCE = SHARED / "svarrapport" / "sarepta-testcase"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SAMPLES, reason="../shared/samples is not there"),
]

# The acceptance tests' deliberate errors; every other sample is to be taken over.
REFUSED = {
    "Testcase-MBKsvar-20090824/Case2-20a.xml": {"E36"},
    "Testcase-MBKsvar-20090824/Case2-20b.xml": {"E36"},
    "Testcase-MBKsvar-20090824/Case2-21.xml": {"E31"},
    "Testcase-MBKsvar-20090824/Case2-23a.xml": {"E36"},
    "Testcase-MBKsvar-20090824/Case2-23b.xml": {"E36"},
    "Testcase-MBKsvar-20090824/Case2-6.xml": {"T01"},
    "Testcase-immunologi-20090908/case1-14c.xml": {"E36"},
    "Testcase-mikrobiologisvar-20120203/case6-19a.xml": {"E36"},
    "Testcase-mikrobiologisvar-20120203/case6-19c.xml": {"E36"},
    "Testcase-mikrobiologisvar-20120203/case6-20.xml": {"E31"},
    "Testcase-patologisvar-2011-12-05/Case3-24b.xml": {"E36"},
    "Testcase-patologisvar-2011-12-05/Case3-25.xml": {"E31"},
    "Testcase-patologisvar-2011-12-05/Case3-27a.xml": {"E36"},
    "Testcase-patologisvar-2011-12-05/Case3-27b.xml": {"E36"},
    "Testcase-patologisvar-2011-12-05/Case3-4.xml": {"T01"},
}


def faults_of(content: bytes) -> tuple[MessageFault, ...]:
    message = read(content)
    found = validate.find_faults(message, allow_test_numbers=True, is_production=False)
    return message.faults + found


def count_items(node: xml.Node) -> int:
    """ResultItem elements of the outermost patient, counted without our reader."""
    inner = [p for p in node.pieces() if isinstance(p, xml.Node)]
    return sum(
        (p.name == "ResultItem") + count_items(p) for p in inner if p.name != "Patient"
    )


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("schemas")
    installed, problems = schemas.install(SHARED / "schemas" / "local", folder)
    assert problems == []
    assert len(installed) == 5
    return {n: xml.load_schema(schemas.driver_path(folder, n)) for n in schemas.ROOTS}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_a_sample_is_refused_only_for_the_reason_it_was_made_for(path):
    name = path.relative_to(ACCEPTANCE).as_posix() if ACCEPTANCE in path.parents else ""
    expected = REFUSED.get(name, set())
    assert {fault.code for fault in faults_of(path.read_bytes())} == expected


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_every_result_of_a_sample_is_read(path):
    content = path.read_bytes()
    message = read(content)
    if message.report is None:
        assert {fault.code for fault in message.faults} == {"T01"}
        return
    report = xml.parse(content).child("ServReport")
    counted = sum(count_items(patient) for patient in report.children("Patient"))
    assert len(list(message.report.all_observations())) == counted


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
@pytest.mark.parametrize("refusal", [(), (MessageFault("E36", "Navn mangler."),)])
def test_every_receipt_is_valid(path, refusal, compiled):
    content = path.read_bytes()
    written = apprec.write(
        content,
        status=2 if refusal else 1,
        faults=refusal,
        recipient=Recipient("Pasientens prøvesvar", "900100", "999000118"),
        apprec_id="7f2f9c3e-6a0c-4b8e-9e43-5f5c7f6d1a01",
        generated_at=datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC),
    )
    receipt = xml.parse(written)
    schema = compiled[receipt.namespace]
    assert list(xml.locate_problems(schema, receipt)) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_no_warning_holds_anything_of_the_patients(path):
    message = read(path.read_bytes())
    patient = message.report and message.report.patient
    if patient is None:
        return
    told = " ".join([*message.warnings, *validate.find_warnings(message)])
    for secret in filter(None, [patient.name, patient.identity_number]):
        assert secret not in told


def test_all_the_official_examples_are_taken_over():
    official = sorted(OFFICIAL.rglob("*.xml"))
    assert official
    assert [p.name for p in official if faults_of(p.read_bytes())] == []


def test_official_new_reports_are_valid_by_their_own_schema(compiled):
    examples = list(OFFICIAL.rglob("*_v1-4_Ny.xml"))
    assert examples
    for path in examples:
        message = xml.parse(path.read_bytes())
        schema = compiled[message.namespace]
        assert list(xml.locate_problems(schema, message)) == []
