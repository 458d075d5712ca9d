"""Nordlab corrects Kari's answer: new value first, the old one readable, both dated."""

import datetime

import pytest

from results.models import DiagnosticReport
from tests import cast
from tests.builders import NOON, a_message, a_number
from tests.portal.visiting import a_visitor, has_arrived, state_need

pytestmark = pytest.mark.django_db

SENT, CORRECTED = "02.03.2026 kl. 12.05", "02.03.2026 kl. 13.05"


def ferritin(digits: str, **said):
    return a_number("NPU19763", digits, name="P-Ferritin", **said)


def sent(*results, hours: int = 0, **said) -> None:
    has_arrived(
        a_message(
            id=f"3f0c1f5e-7a52-4c0e-9a51-1f6d7f1c2a0{hours}",
            generated_at=NOON + datetime.timedelta(hours=hours),
            results=results,
            **said,
        )
    )


def corrected(*results, hours: int = 1, **said) -> None:
    sent(*results, hours=hours, service_type="M", **said)


def for_ola() -> str:
    ola = a_visitor(cast.OLA)
    address = state_need(ola, cast.KARI)["Location"]
    report = DiagnosticReport.objects.get().pk
    return ola.get(f"{address}svar/{report}/").content.decode()


def for_kari() -> str:
    report = DiagnosticReport.objects.get().pk
    page = a_visitor(cast.KARI).get(f"/innbygger/svar/{report}/")
    return page.content.decode()


@pytest.mark.parametrize("page_of", [for_ola, for_kari], ids=["ola", "kari"])
def test_both_read_the_new_value_first_and_then_the_old_with_their_times(page_of):
    sent(ferritin("11.0"))
    corrected(ferritin("21.0"))

    page = page_of()

    assert -1 < page.index("21,0") < page.index("11,0")
    assert SENT in page
    assert CORRECTED in page
    assert "Endret" in page


def test_kari_sees_on_the_answer_itself_that_it_is_corrected():
    sent(ferritin("11.0"), a_number("NPU03568", "2.0", name="P-TSH"))
    corrected(ferritin("21.0"), a_number("NPU03568", "2.0", name="P-TSH"))

    assert for_kari().count(f"Rettet {CORRECTED}") == 1


def test_nothing_is_said_of_changes_where_there_are_none():
    sent(ferritin("11.0"))

    assert "Hva som er endret" not in for_ola() + for_kari()


def test_the_doctor_sees_what_was_not_said_again():
    sent(ferritin("11.0"), a_number("NPU03568", "2.0", name="P-TSH"))
    corrected(ferritin("11.0"))

    page = for_ola()

    assert "Ikke gjentatt" in page
    assert "Lagt til" not in page


def test_what_is_taken_back_has_no_value_for_kari_and_one_for_ola():
    """Also where it was corrected before it was taken back."""
    sent(ferritin("11.0"), a_number("NPU03568", "2.0", name="P-TSH"))
    corrected(ferritin("21.0"), a_number("NPU03568", "2.0", name="P-TSH"))
    taken_back = ferritin("21.0", service_type="C")
    corrected(taken_back, a_number("NPU03568", "2.0", name="P-TSH"), hours=2)

    kari, ola = for_kari(), for_ola()

    assert "Trukket" in kari
    assert [value for value in ("11,0", "21,0") if value in kari] == []
    assert [value for value in ("11,0", "21,0") if value in ola] == ["11,0", "21,0"]


def test_a_new_comment_is_a_change():
    sent(ferritin("11.0"), comment="Prøven var hemolysert.")
    corrected(ferritin("11.0"), comment="Prøven var i orden.")

    page = for_ola()

    assert page.count("Prøven var hemolysert.") == 1
    assert "Kommentar til hele svaret" in page


def test_a_long_list_of_changes_is_counted_and_not_shown_whole():
    numbers = range(130)
    sent(*[a_number(f"NPU{10000 + n}", "1.0") for n in numbers])
    corrected(*[a_number(f"NPU{10000 + n}", "2.0") for n in numbers])

    assert "Og 30 endringer til." in for_ola()
