"""Keys lead to pages for personnel, all on one list, until they are switched off."""

import re
from pathlib import Path

import pytest

from access.models import UserPreferences
from portal.clinician.shortcuts import SHORTCUTS
from tests import cast
from tests.portal.visiting import CLINICIAN, a_visitor, somebody

pytestmark = pytest.mark.django_db

PAGE = "/helsepersonell/hurtigtaster/"
ON = "data-shortcuts"


def words(visitor, path=PAGE) -> str:
    return visitor.get(path).content.decode()


def test_every_key_of_a_page_is_on_the_list_and_the_other_way():
    pages = Path("templates").rglob("*.html")
    used = {k for p in pages for k in re.findall(r'data-key="(.)"', p.read_text())}

    assert used == {key for key, _words in SHORTCUTS}


def test_off_is_off_on_every_machine_and_can_be_switched_on_again():
    ola = a_visitor(cast.OLA)
    assert ON in words(ola)

    ola.post(PAGE, {"pa": "0"})
    elsewhere = a_visitor(cast.OLA)
    assert (ON in words(ola), ON in words(elsewhere)) == (False, False)

    ola.post(PAGE, {"pa": "1"})
    assert ON in words(ola)


def test_what_else_is_chosen_stays_chosen():
    ola = a_visitor(cast.OLA)
    kari = cast.the_viewer(cast.KARI).patient_id
    ola.post(f"/helsepersonell/pasient/{kari}/rekkefolge/", {"eldst": "1"})
    ola.post(PAGE, {"pa": "0"})

    row = UserPreferences.objects.get()
    assert (row.oldest_first, row.without_shortcuts) == (True, True)


def test_citizens_have_none():
    assert ON not in words(a_visitor(cast.KARI), "/innbygger/")


def test_nobody_is_led_to_the_login_page():
    assert somebody(CLINICIAN).get(PAGE).status_code == 302
