"""Nordlab's integrator, signed in nowhere, tries messages before sending any."""

import json
import re

import pytest

from tests.builders import a_message, a_number
from tests.journeys.axe import scrolls_sideways, violations

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
ODD = a_number("NPU00000", "4,1", name="P-Natrium", unit="mmmol/L")


@pytest.fixture(params=[{}, {"java_script_enabled": False}], ids=["scripts", "none"])
def integrator(request, someone):
    return someone("producer", **request.param)


def choose(visitor, content: bytes, name: str = "svar.xml") -> None:
    file = {"name": name, "mimeType": "application/xml", "buffer": content}
    visitor.page.get_by_label("Fil", exact=True).set_input_files(file)
    visitor.press("Test meldingen")


def test_nothing_is_chosen(integrator):
    integrator.visit()
    integrator.press("Test meldingen")

    assert "Velg en fil, eller lim inn en melding." in integrator.reads


def test_a_file_that_is_too_large_is_told_of_and_no_broken_line(integrator):
    integrator.visit()
    choose(integrator, b"x" * (11 * 1024 * 1024))

    assert "Meldingen er større enn 10 MB" in integrator.reads


def test_a_file_is_found_wanting_mended_and_accepted(integrator):
    integrator.visit()
    choose(integrator, a_message().replace(b"</Message>", b"</Massage>"))
    assert integrator.heading == "Meldingen blir avvist"
    assert re.search(r"Linje \d+, kolonne \d+", integrator.reads)

    integrator.follow("Test en ny melding")
    choose(integrator, a_message(results=[a_number(), ODD]))
    assert "men noe bør rettes" in integrator.heading
    assert "NPU03429 P-Natrium" in integrator.reads

    integrator.follow("Test en ny melding")
    choose(integrator, a_message())
    assert integrator.heading == "Meldingen blir tatt imot"


def test_a_text_is_pasted_and_seen_as_both_will_see_it(integrator):
    integrator.visit()
    integrator.page.get_by_label("Eller lim inn meldingen").fill(a_message().decode())
    integrator.press("Test meldingen")

    assert "PRØVE, Kari" in integrator.reads
    assert "Kort oppsummert" not in integrator.reads
    integrator.page.get_by_text("Slik ser innbyggeren det").click()
    assert "Kort oppsummert" in integrator.reads


def test_the_result_is_taken_home(integrator):
    integrator.visit()
    integrator.press("Prøv Vevsprøve")
    with integrator.page.expect_download() as waiting:
        integrator.page.get_by_role("button", name="Last ned resultatet").click()

    with open(waiting.value.path(), encoding="utf-8") as file:
        told = json.load(file)
    assert told["verdict"]["is_accepted"]
    assert "Kari" not in json.dumps(told)


def test_the_way_from_the_front_page_to_the_list_of_demands(someone):
    visitor = someone("front").visit("/")
    visitor.follow("Test en melding")
    visitor.follow("Slik blir dere godkjent")

    assert visitor.heading == "Slik blir dere godkjent"
    assert "MsgId er en ny UUID hver gang" in visitor.reads


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "example",
    ["Blodprøver", "Dyrkning med resistens", "Blodprøver med slurvefeil"],
)
def test_a_result_is_open_to_all_on_a_phone(someone, example, scheme):
    visitor = someone("producer", color_scheme=scheme, **PHONE).visit()
    assert violations(visitor.page) == []
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name=f"Prøv {example}", exact=True).click()

    for view in ("Slik ser innbyggeren det", "Slik ser legen det"):
        visitor.page.get_by_text(view).click()
        assert violations(visitor.page) == []
        assert not scrolls_sideways(visitor.page)
