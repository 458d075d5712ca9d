"""A citizen reads their own answers, and sees who else has."""

import re
import uuid

import pytest

from access.models import AccessLogEntry, User
from tests import cast
from tests.builders import a_message, a_number, a_text
from tests.portal.visiting import a_visitor, has_arrived, state_need

pytestmark = pytest.mark.django_db

LIST, LOG = "/innbygger/", "/innbygger/hvem-har-sett/"


@pytest.fixture
def kari():
    has_arrived(
        a_message(
            results=[
                a_number(),
                a_number("NPU19763", "11", name="P-Ferritin", deviation="2"),
                a_text("Ingen vekst"),
            ]
        )
    )
    return a_visitor(cast.KARI)


def page_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def content_of(answer) -> str:
    return page_of(answer).split("<main")[1].split("</main>")[0]


def report_in(page: str) -> str:
    return re.search(r'href="(/innbygger/svar/[^"]*)"', page)[1]


def test_another_citizens_report_is_refused_as_one_that_is_not(kari):
    report = report_in(page_of(kari.get(LIST)))
    per = a_visitor(cast.PER)

    refused = per.get(report)
    nobodys = per.get(f"/innbygger/svar/{uuid.uuid4()}/")

    assert refused.status_code == nobodys.status_code == 403
    assert content_of(refused) == content_of(nobodys)
    assert "P-Ferritin" not in page_of(refused)


def test_a_citizen_at_the_lower_level_sees_nothing(kari):
    tor = a_visitor(cast.TOR, security_level=3)

    answer = tor.get(LIST)

    assert answer.status_code == 403
    assert "Innloggingen er ikke sikker nok" in page_of(answer)


def test_personnel_with_a_session_of_their_own_are_not_citizens_here(kari):
    ola = a_visitor(cast.OLA)

    answer = ola.client.get(LIST, headers={"host": "innbygger.localhost:8000"})

    assert answer.status_code == 403


def test_somebody_without_a_record_is_refused_and_the_refusal_logged():
    nora = a_visitor(cast.NORA)
    User.objects.update(patient_id=None)

    answer = nora.get(LIST)

    assert answer.status_code == 403
    assert AccessLogEntry.objects.get().patient_id == uuid.UUID(int=0)


def test_nobody_without_answers_is_left_with_an_empty_page():
    page = page_of(a_visitor(cast.JONAS).get(LIST))

    assert "Du har ingen svar her ennå" in page
    assert "Finner du ikke svaret ditt?" in page


def test_the_list_counts_only_what_can_be_judged(kari):
    page = page_of(kari.get(LIST))

    assert "3 svar: 1 innenfor og 1 utenfor referanseområdet" in page
    assert "Nordlab" in page


def test_an_answer_is_new_until_it_has_been_read(kari):
    new = '<span class="tag" data-tone="new">Ny</span>'

    before = page_of(kari.get(LIST))
    kari.get(report_in(before))

    assert new in before
    assert new not in page_of(kari.get(LIST))


def test_an_answer_begins_with_its_summary(kari):
    page = page_of(kari.get(report_in(page_of(kari.get(LIST)))))

    assert "1 av 2 svar er innenfor referanseområdet." in page
    assert re.search(
        r'Disse er utenfor: <a [^>]*href="#svar-[^"]+">P-Ferritin</a>', page
    )
    assert "1 svar kan ikke vurderes" in page
    assert "Omtrent 1 av 20 friske" in page


def test_what_is_outside_comes_first_and_links_lead_to_it(kari):
    page = page_of(kari.get(report_in(page_of(kari.get(LIST)))))

    anchor = re.search(r'href="#(svar-[^"]+)"', page)[1]
    assert f'id="{anchor}"' in page
    assert page.index(f'id="{anchor}"') < page.index(">B-Hemoglobin</h3>")


def test_a_doctors_look_is_told_with_name_place_role_and_reason(kari):
    ola = a_visitor(cast.OLA)
    ola.get(state_need(ola, cast.KARI)["Location"])

    page = page_of(kari.get(LOG))

    assert "Ola Lind" in page
    assert "Lege, Lillevik legesenter" in page
    assert "Så svar over tid" in page
    assert "Pasienten samtykker · Behandling" in page


def test_a_refused_attempt_is_told_as_refused(kari):
    hege = a_visitor(cast.HEGE)
    state_need(hege, cast.KARI)

    page = page_of(kari.get(LOG))

    assert "Hege Moe" in page
    assert "Avvist" in page
    assert "Prøvde, men fikk ikke se noe" in page


def test_ones_own_looks_are_marked_as_ones_own(kari):
    kari.get(LIST)

    assert '<span class="tag" data-tone="own">Deg</span>' in page_of(kari.get(LOG))


def test_another_citizens_log_holds_nothing_of_mine(kari):
    kari.get(LIST)

    assert "Kari" not in page_of(a_visitor(cast.PER).get(LOG))
