"""What is pasted is read as the file would have been."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from results import codes
from tests.builders import a_message
from tests.portal.producers.bench import BENCH, paste, verdict_of, words_of
from tests.portal.visiting import PRODUCER, somebody

pytestmark = pytest.mark.django_db

ACCEPTED, REFUSED = "Meldingen blir tatt imot", "Meldingen blir avvist"


@pytest.fixture(autouse=True)
def _codes_are_loaded(db):
    codes.load_seed()


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "Windows-1252"])
def test_what_is_pasted_is_read_as_the_file_would_be(encoding):
    text = a_message(encoding=encoding).decode(encoding)

    answer = paste(text)

    assert verdict_of(answer) == ACCEPTED
    assert "PRØVE, Kari" in words_of(answer)


@pytest.mark.parametrize("encoding", ["klingon", "hex", "punycode", "ascii"])
def test_what_says_an_odd_encoding_of_itself_breaks_nothing(encoding):
    answer = paste(f'<?xml version="1.0" encoding="{encoding}"?><a>ø</a>')

    assert verdict_of(answer) == REFUSED


def test_the_file_counts_when_both_are_given():
    form = {"file": SimpleUploadedFile("svar.xml", a_message()), "text": "<a/>"}

    assert verdict_of(somebody(PRODUCER).post(BENCH, form)) == ACCEPTED
