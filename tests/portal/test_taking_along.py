"""Who may take answers out of the service: refusals first, and each is logged."""

import io
import uuid
import zipfile

import pytest
from pypdf import PdfReader

from access.lookup import taking
from access.models import AccessLogEntry
from portal.demo.generator.drafts import Message
from portal.demo.generator.writer import write
from results.fhir.read import read
from results.models import DiagnosticReport
from tests import cast
from tests.builders import NOON, a_message, a_number, a_report
from tests.portal.visiting import (
    CITIZEN,
    CLINICIAN,
    a_visitor,
    has_arrived,
    somebody,
    state_need,
)

pytestmark = pytest.mark.django_db

FERRITIN = a_number("NPU19763", "11.0", name="P-Ferritin", reference="18 - 240")
# Address under the patient's, and under the citizen's; with what is logged.
FOR_PERSONNEL = {
    "svar/{report}/pdf/": "take-report",
    "svar/{report}/tekst/": "copy-report",
    "pdf/": "take-reports",
}
FOR_CITIZENS = {
    "svar/{report}/pdf/": "take-report",
    "ta-med/pdf/": "take-reports",
    "svar/{report}/fhir/": "take-report",
    "ta-med/fhir/": "take-reports",
}


@pytest.fixture(autouse=True)
def _reported():
    has_arrived(a_message(results=[FERRITIN]))


def fill(address: str) -> str:
    return address.format(report=DiagnosticReport.objects.get().pk)


def karis(address: str) -> str:
    patient = cast.the_viewer(cast.KARI).patient_id
    return f"/helsepersonell/pasient/{patient}/{fill(address)}"


def words_of(answer) -> str:
    if answer["Content-Type"] == "application/zip":
        return "".join(map(bytes.decode, unpacked(answer)))
    if answer["Content-Type"] != "application/pdf":
        return answer.content.decode()
    return " ".join(
        p.extract_text() for p in PdfReader(io.BytesIO(answer.content)).pages
    )


def unpacked(answer) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as files:
        return [files.read(name) for name in files.namelist()]


def logged(action: str) -> list[bool]:
    entries = AccessLogEntry.objects.filter(action=action).order_by("at")
    return [entry.is_permitted for entry in entries]


@pytest.mark.parametrize("address", FOR_PERSONNEL)
class TestPersonnel:
    @pytest.mark.parametrize("who", [cast.HEGE, cast.SIRI, cast.ARNE, cast.OLA])
    def test_without_role_or_need_nothing_is_taken(self, address, who):
        answer = a_visitor(who).get(karis(address))

        assert answer.status_code == 403
        assert "Ferritin" not in words_of(answer)
        assert logged(FOR_PERSONNEL[address]) == [False]

    def test_ola_takes_it_for_a_stated_need_without_the_whole_number(self, address):
        ola = a_visitor(cast.OLA)
        state_need(ola, cast.KARI)

        answer = ola.get(karis(address))

        assert answer.status_code == 200
        assert "P-Ferritin" in words_of(answer)
        assert cast.KARI.number not in words_of(answer)
        assert logged(FOR_PERSONNEL[address]) == [True]

    def test_the_need_for_one_patient_opens_no_other(self, address):
        ola = a_visitor(cast.OLA)
        state_need(ola, cast.PER)

        assert ola.get(karis(address)).status_code == 403

    def test_what_kari_has_closed_is_not_taken(self, address):
        kari, ola = a_visitor(cast.KARI), a_visitor(cast.OLA)
        kari.post("/innbygger/sperre/svar/", {"scope": "all", "bekreftet": "1"})
        state_need(ola, cast.KARI)

        answer = ola.get(karis(address))

        assert "Ferritin" not in words_of(answer)

    def test_nobody_is_led_to_the_login_page(self, address):
        assert somebody(CLINICIAN).get(karis(address)).status_code == 302


@pytest.mark.parametrize("address", FOR_CITIZENS)
class TestCitizens:
    def path(self, address: str) -> str:
        return f"/innbygger/{fill(address)}"

    def test_kari_takes_her_own_with_her_number(self, address):
        kari = a_visitor(cast.KARI)

        answer = kari.get(self.path(address))

        assert answer.status_code == 200
        assert "P-Ferritin" in words_of(answer)
        assert cast.KARI.number in words_of(answer)
        assert cast.KARI.number not in answer["Content-Disposition"]
        assert logged(FOR_CITIZENS[address]) == [True]
        assert "Lastet ned" in kari.get("/innbygger/ta-med/").content.decode()

    def test_per_takes_nothing_of_hers(self, address):
        answer = a_visitor(cast.PER).get(self.path(address))

        assert "Ferritin" not in words_of(answer)
        assert cast.KARI.number not in words_of(answer)

    def test_personnel_take_nothing_here(self, address):
        assert a_visitor(cast.OLA).get(self.path(address)).status_code in (403, 404)

    def test_nobody_is_led_to_the_login_page(self, address):
        assert somebody(CITIZEN).get(self.path(address)).status_code == 302


def test_another_citizens_report_is_refused_as_one_that_is_not_there():
    per = a_visitor(cast.PER)
    hers = per.get(f"/innbygger/{fill('svar/{report}/pdf/')}")
    nobodys = per.get(f"/innbygger/svar/{uuid.uuid4()}/pdf/")

    assert hers.status_code == nobodys.status_code == 403


@pytest.mark.parametrize("part", ["2", "0", "x", "99999999999"])
def test_a_file_that_is_not_there_is_refused(part):
    answer = a_visitor(cast.KARI).get(f"/innbygger/ta-med/pdf/?del={part}")

    assert answer.status_code == 403


def test_many_answers_are_several_files(monkeypatch):
    monkeypatch.setattr(taking, "IN_ONE_FILE", 2)
    for number in range(4):
        has_arrived(a_message_of_its_own(number))
    kari = a_visitor(cast.KARI)

    page = kari.get("/innbygger/ta-med/").content.decode()
    last = kari.get("/innbygger/ta-med/pdf/?del=3")

    assert "del 3 av 3" in page
    assert last["Content-Disposition"].endswith('"provesvar-del-3-av-3.pdf"')


def a_message_of_its_own(number: int) -> bytes:
    report = a_report(id=f"NL-{number}", results=[FERRITIN])
    return write(Message(str(uuid.uuid4()), NOON, report))


def test_a_data_file_says_what_nordlab_sent():
    """Sent as KITH, stored, exported, and read again as FHIR."""
    answer = a_visitor(cast.KARI).get(f"/innbygger/{fill('svar/{report}/fhir/')}")

    message = read(answer.content)

    assert answer["Content-Type"] == "application/fhir+json"
    assert message.faults == ()
    (ferritin,) = message.report.observations
    assert ferritin.quantity.digits == "11.0"
    assert ferritin.codings[0].code == "NPU19763"
    assert message.report.patient.identity_number == cast.KARI.number


def test_all_data_files_are_documents_of_one_report_each():
    has_arrived(a_message_of_its_own(1))

    documents = unpacked(a_visitor(cast.KARI).get("/innbygger/ta-med/fhir/"))

    assert [read(each).faults for each in documents] == [(), ()]


def test_kari_has_nothing_to_take_before_anything_is_reported():
    page = a_visitor(cast.JONAS).get("/innbygger/ta-med/").content.decode()

    assert "Du har ingen svar å ta med ennå." in page
    assert "Du har ikke lastet ned noe ennå." in page


def test_text_for_the_record_is_plain_lines():
    ola = a_visitor(cast.OLA)
    state_need(ola, cast.KARI)

    page = ola.get(karis("svar/{report}/tekst/")).content.decode()

    assert "P-Ferritin\t11,0 " in page
    assert "(18–240)" in page
