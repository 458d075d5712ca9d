"""Who may read a patient's answers as personnel: every page, every persona."""

import pytest

from access.models import AccessLogEntry
from results.models import DiagnosticReport
from tests import cast
from tests.builders import a_message, a_number
from tests.portal.visiting import (
    CLINICIAN,
    a_visitor,
    has_arrived,
    somebody,
    state_need,
)

pytestmark = pytest.mark.django_db

EMERGENCY = {"basis": "AKUTT", "purpose": "ETREAT"}
PAGES = {
    "table": "",
    "news": "nytt/",
    "list": "svar/",
    "curves": "over-tid/",
    "microbiology": "mikrobiologi/",
    "pathology": "patologi/",
    "images": "bilder/",
    "text search": "sok/",
    "report": "svar/{report}/",
}
WITH_VALUES = ("table", "report")
WITHOUT_HER_ANSWER = ("curves", "microbiology", "pathology", "images", "text search")
CLINICAL = ("Ferritin", "11,0", "18–240", "NPU19763", "Nordlab")

# Refused, with the need they state; None is somebody who states none.
REFUSED = {
    "ola-without-need": (cast.OLA, None),
    "ola-with-emergency-basis-for-treatment": (cast.OLA, {"basis": "AKUTT"}),
    "ola-without-purpose": (cast.OLA, {"purpose": ""}),
    "arne-with-consent": (cast.ARNE, {}),
    "hege-the-secretary": (cast.HEGE, {}),
    "hege-in-an-emergency": (cast.HEGE, EMERGENCY),
    "siri-the-administrator": (cast.SIRI, {}),
}
ALLOWED = {
    "ola": (cast.OLA, {}),
    "ola-by-law": (cast.OLA, {"basis": "UNNTAK", "purpose": "COC"}),
    "ingrid": (cast.INGRID, {}),
    "mona": (cast.MONA, {}),
    "arne-in-an-emergency": (cast.ARNE, EMERGENCY),
}


@pytest.fixture
def address():
    """Where each of Kari's pages is, after Nordlab has reported on her ferritin."""
    ferritin = a_number("NPU19763", "11.0", name="P-Ferritin", reference="18 - 240")
    has_arrived(a_message(results=[ferritin]))
    kari = cast.the_viewer(cast.KARI).patient_id
    report = DiagnosticReport.objects.get().pk

    def of(page: str) -> str:
        return f"/helsepersonell/pasient/{kari}/{PAGES[page].format(report=report)}"

    return of


def new_entries(before: int) -> list[AccessLogEntry]:
    return list(AccessLogEntry.objects.order_by("at", "id"))[before:]


def look(client, path: str):
    """The answer, and what the look left in the log."""
    before = AccessLogEntry.objects.count()
    return client.get(path, headers={"host": CLINICIAN}), new_entries(before)


def words_of_a_patient_in(answer) -> list[str]:
    page = answer.content.decode()
    return [word for word in (*CLINICAL, "Kari", "PRØVE,") if word in page]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", REFUSED)
def test_who_may_not_is_refused_shown_nothing_and_logged_once(who, page, address):
    persona, need = REFUSED[who]
    visitor = a_visitor(persona)
    if need is not None:
        assert state_need(visitor, cast.KARI, **need).status_code == 403

    answer, entries = look(visitor.client, address(page))

    assert answer.status_code == 403
    assert words_of_a_patient_in(answer) == []
    assert [e.is_permitted for e in entries] == [False]
    assert entries[0].report_ids == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ALLOWED)
def test_who_may_reads_and_is_logged_once(who, page, address):
    persona, need = ALLOWED[who]
    visitor = a_visitor(persona)
    state_need(visitor, cast.KARI, **need)

    answer, entries = look(visitor.client, address(page))

    assert answer.status_code == 200
    shown = answer.content.decode()
    # Taken months ago, and not new; nor is it of those disciplines, or chosen.
    assert ("Nordlab" in shown) == (page not in ("news", *WITHOUT_HER_ANSWER))
    assert ("11,0" in shown) == (page in WITH_VALUES)
    assert [(e.is_permitted, e.viewer_name) for e in entries] == [(True, persona.name)]
    assert len(entries[0].report_ids) == (page not in WITHOUT_HER_ANSWER)


@pytest.mark.parametrize("page", PAGES)
def test_another_citizen_with_a_borrowed_cookie_is_refused(page, address):
    answer, entries = look(a_visitor(cast.JONAS).client, address(page))

    assert answer.status_code == 403
    assert words_of_a_patient_in(answer) == []
    assert [e.is_permitted for e in entries] == [False]


@pytest.mark.parametrize("page", PAGES)
def test_nobody_is_led_to_the_login_page_and_leaves_no_entry(page, address):
    answer, entries = look(somebody(CLINICIAN), address(page))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/innlogging/")
    assert entries == []


@pytest.mark.parametrize("persona", [cast.HEGE, cast.SIRI], ids=["hege", "siri"])
def test_a_refused_need_is_one_entry_and_tells_nothing_of_the_patient(persona, address):
    visitor = a_visitor(persona)

    answer = visitor.post(f"{address('table')}behov/", {"basis": "SAMTYKKE"})

    assert answer.status_code == 403
    assert words_of_a_patient_in(answer) == []
    assert [e.is_permitted for e in new_entries(0)] == [False]
