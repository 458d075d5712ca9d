"""Nordlab's integrator drops messages on the bench and reads what becomes of them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.demo import people
from portal.producers.forms import LONGEST_TEXT
from portal.producers.uploads import LARGEST_MESSAGE, LARGEST_REQUEST
from results import codes
from tests.builders import (
    a_message,
    a_number,
    a_person,
)
from tests.portal.producers.bench import (
    BENCH,
    drop,
    part_of,
    paste,
    verdict_of,
    words_of,
)
from tests.portal.visiting import PRODUCER, somebody
from tests.results.fhir.bundles import a_concept, a_document, an_observation
from tests.results.ingestion.test_check import BOMB, without
from tests.results.ingestion.untouched import nothing_kept

pytestmark = pytest.mark.django_db

ACCEPTED = "Meldingen blir tatt imot"
TO_MEND = "Meldingen blir tatt imot, men noe bør rettes"
REFUSED = "Meldingen blir avvist"


@pytest.fixture(autouse=True)
def _codes_are_loaded(db):
    codes.load_seed()


@pytest.mark.parametrize("form", [{}, {"text": ""}, {"text": " \n "}, {"example": "x"}])
def test_nothing_to_try_is_told_in_words(form):
    answer = somebody(PRODUCER).post(BENCH, form)

    assert answer.status_code == 400
    assert "Velg en fil, eller lim inn en melding." in words_of(answer)


def test_a_file_beyond_ten_megabytes_is_refused_in_words():
    answer = drop(b"x" * (LARGEST_MESSAGE + 1))

    assert answer.status_code == 400
    assert "Meldingen er større enn 10 MB." in words_of(answer)


def test_a_request_beyond_it_is_not_even_read():
    answer = somebody(PRODUCER).post(
        BENCH,
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(LARGEST_REQUEST + 1),
    )

    assert answer.status_code == 413
    assert "større enn 10 MB" in words_of(answer)


@pytest.mark.parametrize(
    ("length", "status"), [(LONGEST_TEXT + 1, 400), (1_100_000, 413)]
)
def test_a_text_that_is_too_long_is_referred_to_a_file(length, status):
    answer = paste("x" * length)

    assert answer.status_code == status
    assert "lang" in words_of(answer)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Meldingen er tom."),
        (b"%PDF-1.7", "Meldingen er en PDF, ikke XML."),
        (b"PK\x03\x04", "Meldingen er pakket eller komprimert."),
        (BOMB, "Meldingen har en dokumenttype (DTD)."),
        (b"<Message>\n <a></Message>", "Meldingen er ikke gyldig XML (linje 2)."),
    ],
    ids=["empty", "pdf", "zip", "entity bomb", "broken"],
)
def test_what_cannot_be_read_is_refused_and_the_rest_left_unsaid(content, why):
    answer = drop(content)

    assert (answer.status_code, verdict_of(answer)) == (200, REFUSED)
    assert why in part_of(answer, "Fordi:")
    assert "Ikke kontrollert" in part_of(answer, "Enheter")
    assert "Slik ser legen det" not in words_of(answer)


def test_broken_xml_is_told_of_with_its_place():
    answer = drop(b"<Message>\n <a></Message>")

    assert "Linje 2, kolonne 15" in words_of(answer)


def test_a_patient_without_a_name_is_refused_and_the_receipt_shown():
    answer = drop(a_message(about=a_person(name="")))

    assert verdict_of(answer) == REFUSED
    assert "Pasienten mangler navn." in part_of(answer, "Fordi:")
    assert 'V="E36"' in part_of(answer, "Kvitteringen vi ville sendt")
    assert "vises for ingen" in words_of(answer)


def test_a_good_message_is_accepted_without_remarks():
    answer = drop(a_message())

    assert verdict_of(answer) == ACCEPTED
    assert "Ja, uten merknader." in words_of(answer)
    assert "Alle kodene er kjent." in words_of(answer)
    assert "Alle enhetene er kjent." in words_of(answer)


def test_a_decimal_comma_and_no_time_are_to_be_mended():
    answer = drop(
        without(a_message(results=[a_number(number="13,2")]), "<GenDate", ">")
    )

    assert verdict_of(answer) == TO_MEND
    rules = part_of(answer, "Bør rettes")
    assert "komma der det skal være punktum" in rules
    assert "GenDate" in rules


def test_an_unknown_code_is_shown_with_what_was_meant_and_where():
    odd = a_number("NPU00000", "4.1", name="P-Natrium", unit="mmmol/L")

    answer = drop(a_message(results=[a_number(), odd, odd]))

    assert verdict_of(answer) == TO_MEND
    table = part_of(answer, "Mente dere")
    assert "NPU00000 P-Natrium" in table
    assert "Finnes ikke i kodeverket NPU03429 P-Natrium" in table
    assert "ResultItem[2]/Investigation/Id og 1 sted til" in table
    assert "mmmol/L Har ingen sikker skrivemåte i UCUM" in words_of(answer)


def test_a_list_that_is_not_here_is_no_remark_on_the_sender():
    codes.forget()
    item = an_observation(
        code={"coding": [{"system": "http://loinc.org", "code": "1"}]}
    )

    answer = drop(a_document(item), "svar.json")

    assert verdict_of(answer) == ACCEPTED
    assert "Ikke alle kunne kontrolleres" in words_of(answer)


def test_fhir_is_dropped_like_the_rest():
    item = an_observation(code=a_concept("NOR05172"))

    answer = drop(a_document(item), "svar.json")

    assert verdict_of(answer) == ACCEPTED
    assert "FHIR har ikke noe XML-skjema." in words_of(answer)
    assert "Ingen AppRec" in words_of(answer)


@pytest.mark.parametrize("is_good", [True, False], ids=["good number", "wrong number"])
def test_the_number_is_nowhere_on_the_page_or_in_the_log(caplog, is_good):
    number = people.KARI.number
    if not is_good:
        number = number[:9] + ("00" if number[9:] != "00" else "11")
    about = a_person(number=number)
    message = a_message(about=about, results=[a_number(comment=f"Se {number}")])

    with caplog.at_level("DEBUG"):
        page = drop(message).content.decode()

    assert number not in page
    assert number[6:] not in page
    assert number not in caplog.text


def test_a_fault_in_the_form_does_not_send_the_message_back():
    answer = somebody(PRODUCER).post(
        BENCH, {"text": a_message().decode() + "x" * 900_000}
    )

    assert people.KARI.number.encode() not in answer.content


def test_nothing_is_kept_on_a_row_a_disk_or_a_line(caplog, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    with nothing_kept(caplog):
        assert drop(a_message()).status_code == 200
    assert list(tmp_path.iterdir()) == []


@given(content=st.binary(max_size=200))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_bytes_get_a_page(content):
    answer = drop(content)

    assert answer.status_code == 200
    assert verdict_of(answer) == REFUSED


def test_the_page_is_in_the_readers_language():
    client = somebody(PRODUCER)
    client.post("/sprak/", {"language": "nn", "next": BENCH})

    assert "Vel ei fil" in words_of(client.post(BENCH, {}))
    assert "Meldinga blir teken imot" in verdict_of(
        client.post(BENCH, {"example": "blodprover"})
    )
