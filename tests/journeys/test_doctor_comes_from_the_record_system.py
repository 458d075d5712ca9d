"""Ola has a patient open in his record system, and opens the answers from there; Eva
says where she is at work today. On desk and phone, with and without JavaScript."""

import http.client
import json
from urllib.parse import urlsplit

import pytest

from tests.builders import a_message, a_number
from tests.cast import EVA, FJORDLAB, KARI, PER
from tests.ehr.record_system import RecordSystem
from tests.journeys.axe import scrolls_sideways, violations

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}}
BARE = {**DESK, "java_script_enabled": False}


class Answer:
    """What came back over the wire."""

    def __init__(self, response):
        self.status_code = response.status
        self._body = response.read()

    def json(self):
        return json.loads(self._body)


def post(url, headers, body):
    """Over the network; the name stands in the header, where Python knows none."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=30)
    sent = {**headers, "Host": parts.netloc, "Content-Type": "application/json"}
    connection.request("POST", parts.path, json.dumps(body), sent)
    answer = Answer(connection.getresponse())
    connection.close()
    return answer


@pytest.fixture
def olas(product) -> RecordSystem:
    """Pointed at the running service, with tokens of its provider."""

    def credentials(method, url):
        lines = product.manage("demo_token", "ola", "--method", method, "--url", url)
        return dict(line.split(": ", 1) for line in lines.strip().splitlines())

    front = product.address("")
    web = product.address("", audience="clinician")
    return RecordSystem(credentials, post, login_api_uri=front, web_uri=web)


@pytest.fixture(scope="module")
def answered(product):
    """Fjordlab on Per, for Nordlab's one message is another journey's, on Kari."""
    result = a_number("NPU19763", "11.0", name="P-Ferritin")
    message = a_message(about=PER, sent_by=FJORDLAB, results=[result])
    assert product.send(message, client_id=FJORDLAB.client_id) == [1]


@pytest.mark.parametrize("screen", [DESK, PHONE, BARE], ids=["desk", "phone", "bare"])
def test_ola_lands_on_pers_answers(answered, olas, someone, screen):
    assert olas.create(PER).status_code == 200
    ola = someone("clinician", **screen)

    ola.page.goto(olas.address())

    assert "Fjordlab" in ola.reads
    assert "Lege, Lillevik legesenter" in ola.reads
    assert "code=" not in ola.page.url
    assert olas.end().status_code == 200
    ola.page.reload()
    assert "avsluttet av journalsystemet" in ola.reads


def test_a_link_that_was_used_says_so_and_leads_back(answered, olas, someone):
    olas.create(PER)
    ola = someone("clinician")
    ola.page.goto(olas.address())

    ola.page.goto(olas.address())
    assert "Den virker bare én gang" in ola.reads
    ola.follow("Gå til pasienten som er åpen")

    assert "Per" in ola.reads


def test_the_record_systems_page_is_open_to_all(olas, someone):
    olas.create(KARI)
    ola = someone("clinician", **PHONE)
    ola.page.goto(olas.address())

    assert violations(ola.page) == []
    assert not scrolls_sideways(ola.page)


def test_loggut_signs_ola_out(olas, someone):
    olas.create(KARI)
    ola = someone("clinician")
    ola.page.goto(olas.address())

    ola.page.goto(olas.logout_address)

    assert ola.heading == "Du er logget ut"
    ola.visit()
    assert "Logg inn med HelseID" in ola.reads


@pytest.mark.parametrize("screen", [DESK, PHONE, BARE], ids=["desk", "phone", "bare"])
def test_eva_says_where_she_works_and_changes_it(at_work, screen):
    eva = at_work(EVA, **screen)
    assert eva.heading == "Hvor arbeider du nå?"

    eva.page.get_by_label("Fjord sykehus").check()
    eva.press("Fortsett")
    assert "Lege, Fjord sykehus" in eva.reads

    eva.find_patient(KARI.number)
    eva.page.get_by_role("link", name="Bytt arbeidssted", exact=True).first.click()
    eva.page.get_by_label("Lillevik legesenter").check()
    eva.press("Fortsett")
    assert "Lege, Lillevik legesenter" in eva.reads


def test_eva_ends_her_login_on_another_machine(at_work):
    there = at_work(EVA)
    here = at_work(EVA)
    here.visit("/innlogging/mine/")

    here.press("Avslutt alle andre")

    assert here.page.get_by_role("button", name="Logg ut her").count() == 1
    there.visit("/innlogging/arbeidssted/")
    assert "avsluttet fra «Mine innlogginger»" in there.reads
