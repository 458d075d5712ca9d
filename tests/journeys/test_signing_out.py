"""Out here and at the provider, in a real browser with its real policies."""

import re

from tests.cast import KARI, OLA


def test_kari_signs_out_and_nothing_of_hers_is_left(at_home):
    kari = at_home(KARI)
    kari.visit("/innlogging/ut/")

    kari.press("Logg ut")
    kari.page.wait_for_url(re.compile("/innlogging/avsluttet/$"))

    assert kari.heading == "Du er logget ut"
    assert not any("id_token_hint" in address for address in kari.addresses)
    kari.visit("/innbygger/")
    assert kari.path.startswith("/innlogging/")


def test_who_has_no_scripts_presses_once_more(at_work):
    ola = at_work(OLA, java_script_enabled=False)
    ola.visit("/innlogging/ut/")

    ola.press("Logg ut")
    ola.press("Fullfør utloggingen")

    assert ola.path == "/innlogging/avsluttet/"


def test_the_provider_tells_us_of_it_over_http(at_work, product):
    ola = at_work(OLA)
    ola.visit("/innlogging/ut/")
    ola.press("Logg ut")
    ola.page.wait_for_url(re.compile("/innlogging/avsluttet/$"))

    told = "A client was told of a logout: 200"
    for _attempt in range(50):
        if told in product.last_words(lines=200):
            break
        ola.page.wait_for_timeout(100)
    assert told in product.last_words(lines=200)


def test_ola_confirms_who_he_is_and_goes_on_where_he_was(at_work):
    ola = at_work(OLA)

    ola.visit("/innlogging/helseid/start/?bekreft=ja&next=/innlogging/mine/")
    ola.follow(OLA.name)

    assert ola.path == "/innlogging/mine/"
