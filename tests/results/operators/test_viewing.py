"""What an operator sees of a message: all but numbers and documents."""

import base64
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.demo import people
from results.identity import hide_numbers
from results.ingestion.viewing import view
from tests.builders import a_message, a_text

NUMBER = people.KARI.number
WRITTEN = (
    NUMBER,
    f"{NUMBER[:6]} {NUMBER[6:]}",
    f"{NUMBER[:6]}-{NUMBER[6:]}",
    f"{NUMBER[:2]}.{NUMBER[2:4]}.{NUMBER[4:6]} {NUMBER[6:]}",
    f"{NUMBER[:6]}\n   {NUMBER[6:]}",
    " ".join(NUMBER),
    f"{NUMBER[:6]}\N{NO-BREAK SPACE}{NUMBER[6:]}",
    f"{NUMBER[:6]}\N{ZERO WIDTH SPACE}{NUMBER[6:]}",
    f"0{NUMBER}",
    f"NO{NUMBER}X",
)
KEPT = ("2026-03-02T08:30:00", "121 g/L", "2.16.578.1.12.4.1.1.7280", "75 00 00 01")


def digits_of(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


@pytest.mark.parametrize("index", range(len(WRITTEN)))
def test_a_number_is_hidden_however_it_is_written(index):
    assert NUMBER[6:] not in digits_of(hide_numbers(f"Kari, {WRITTEN[index]}."))


@pytest.mark.parametrize("text", KEPT)
def test_times_values_and_codes_are_not_numbers(text):
    assert hide_numbers(text) == text


def test_one_whose_check_digits_are_wrong_is_hidden_too():
    wrong = NUMBER[:10] + str((int(NUMBER[10]) + 1) % 10)

    assert wrong not in hide_numbers(wrong)


@given(st.text(), st.sampled_from(WRITTEN), st.text())
@example("", NUMBER, "1")
def test_nothing_around_it_brings_it_back(before, number, after):
    assert NUMBER not in digits_of(hide_numbers(before + number + after)).replace(
        digits_of(before), "", 1
    )


class TestXml:
    def test_it_is_laid_out_with_its_values(self):
        shown = view(a_message())

        assert "\n  <MsgId>" in shown
        assert 'xmlns="http://www.kith.no/xmlstds/labsvar/2012-02-15"' in shown
        assert "13.2" in shown

    def test_the_patients_number_is_nowhere(self):
        comment = a_text(f"Gjelder {NUMBER[:6]} {NUMBER[6:]}")

        shown = view(a_message(results=[comment]))

        assert NUMBER[6:] not in digits_of(shown)
        assert "Gjelder •••••••••••" in shown

    def test_it_is_hidden_in_attributes_and_names_too(self):
        content = f'<a x="{NUMBER}"><n{NUMBER}/>{NUMBER}</a>'.encode()

        assert NUMBER not in view(content)

    def test_a_character_reference_is_seen_through(self):
        folded = f"&#{ord(NUMBER[0])};{NUMBER[1:]}"

        assert NUMBER[1:] not in view(f"<a>{folded}</a>".encode())
        assert NUMBER[1:] not in view(f"<a>{folded}".encode())

    def test_of_a_document_only_the_size_is_shown(self):
        pdf = base64.b64encode(b"%PDF-1.4" + bytes(992)).decode()
        content = f"<a><Base64Container>{pdf}</Base64Container></a>".encode()

        assert pdf[:40] not in view(content)
        assert "[base64, 1000 byte]" in view(content)

    def test_a_document_anywhere_else_is_one_too(self):
        text = base64.b64encode(NUMBER.encode() * 20).decode()

        assert "byte]" in view(f"<a><b>{text}</b></a>".encode())

    def test_markup_in_it_is_text(self):
        """It is escaped where it is shown."""
        shown = view(b"<a>&lt;script&gt;alert(1)&lt;/script&gt;</a>")

        assert "<script>alert(1)</script>" in shown


class TestWhatCannotBeRead:
    def test_it_is_shown_as_it_came_with_numbers_hidden(self):
        shown = view(f"<a>Hei {NUMBER}".encode("latin-1"))

        assert shown.startswith("<a>Hei •")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1", "utf-16-le"])
    def test_in_any_encoding(self, encoding):
        assert NUMBER not in view(f"<a>blåbær {NUMBER}".encode(encoding))

    def test_a_document_in_it_is_left_out(self):
        pdf = base64.b64encode(bytes(900)).decode()

        assert pdf[:50] not in view(f"<a>{pdf}".encode())

    def test_a_huge_one_is_cut(self):
        assert len(view(b"<a>" + b"x y " * 200_000)) < 500_000


class TestJson:
    def test_a_bundle_is_laid_out_with_numbers_and_documents_hidden(self):
        data = base64.b64encode(bytes(600)).decode()
        content = json.dumps({"value": NUMBER, "entry": [{"data": data}], "n": 4})

        shown = view(content.encode())

        assert NUMBER not in shown
        assert '"data": "[base64, 600 byte]"' in shown
        assert '\n  "n": 4' in shown

    def test_a_number_that_is_no_text_is_hidden_too(self):
        assert NUMBER not in view(json.dumps({"value": int("9" + NUMBER)}).encode())

    def test_one_that_is_too_deep_is_shown_as_it_came(self):
        assert view(b"[" * 100_000).startswith("[[[")
