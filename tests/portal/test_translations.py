"""Both forms of Norwegian, complete at all times (språklova § 14)."""

import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext, ngettext, override

from deploy.translations import texts_to_translate

PLACEHOLDER = re.compile(r"%\(\w+\)s")
ONLY_BOKMAAL = re.compile(
    r"\b(ikke|noe|hvem|hva|hvor|hvorfor|fra|en annen|tjenesten?|siden|gir|se)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def nynorsk() -> Catalog:
    path = settings.BASE_DIR / "portal/locale/nn/LC_MESSAGES/django.po"
    with path.open("rb") as file:
        return read_po(file, locale="nn")


def pairs(catalog: Catalog):
    for message in catalog:
        if isinstance(message.id, tuple):
            yield from zip(message.id, message.string, strict=True)
        elif message.id:
            yield message.id, message.string


def test_every_text_of_code_and_templates_is_in_the_catalogue(nynorsk):
    texts = {text[0] if isinstance(text, tuple) else text for text in found_texts()}

    assert {text for text in texts if text not in nynorsk} == set()


def found_texts():
    for _path, _line, text, _comments, _context in texts_to_translate():
        yield text


def test_nothing_waits_for_its_translation(nynorsk):
    assert [text for text, translated in pairs(nynorsk) if not translated] == []


def test_what_is_filled_in_is_the_same_in_both_languages(nynorsk):
    for text, translated in pairs(nynorsk):
        assert sorted(PLACEHOLDER.findall(text)) == sorted(
            PLACEHOLDER.findall(translated)
        ), text


def test_nynorsk_holds_no_words_that_are_bokmaal_alone(nynorsk):
    wrong = [
        translated
        for _text, translated in pairs(nynorsk)
        if ONLY_BOKMAAL.search(translated)
    ]

    assert wrong == []


def test_texts_of_one_and_of_many_are_both_translated():
    with override("nn"):
        assert gettext("Hvem har sett svarene mine") == "Kven har sett svara mine"
        assert ngettext("%(days)s dag", "%(days)s dager", 3) == "%(days)s dagar"
