"""Some answers are asked about before they are opened; the reader decides."""

import datetime

import pytest
from django.utils import timezone

from access.models import AccessLogEntry, SensitiveKind
from access.release import DecisionKind
from portal.demo.generator.drafts import NLK, Code, Result
from results import codes
from results.models import DiagnosticReport
from tests import cast
from tests.builders import a_message, a_number, a_text
from tests.portal.releasing import ola_decides
from tests.portal.visiting import a_visitor, has_arrived

pytestmark = pytest.mark.django_db

QUESTION = "Vil du se svaret nå?"


def hiv(**fields):
    return a_text("Ikke påvist", code="NPU19649", heading="LR", **fields)


@pytest.fixture
def report():
    """Sends a message, and gives the address of Kari's report."""
    codes.load_seed()

    def arrives(**fields) -> str:
        has_arrived(a_message(**fields))
        return f"/innbygger/svar/{DiagnosticReport.objects.get().pk}/"

    return arrives


def page(answer) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def actions() -> list[str]:
    return [e.action for e in AccessLogEntry.objects.order_by("at", "id")]


def test_a_tissue_answer_is_asked_about_and_says_nothing_yet(report):
    kari = a_visitor(cast.KARI)
    address = report(
        type_code="HIST", results=[a_text("Basalcellekarsinom", heading="DIAG")]
    )

    ola_decides(DecisionKind.RELEASED)
    asked = page(kari.get(address))

    assert QUESTION in asked
    assert "asalcelle" not in asked
    assert actions()[-1] == "ask-first"
    assert "Ola Lind" in asked


def test_whoever_chooses_to_read_reads_and_is_not_asked_again(report):
    kari = a_visitor(cast.KARI)
    address = report(results=[hiv()])

    assert QUESTION in page(kari.get(address))
    assert "Ikke påvist" in page(kari.get(f"{address}?les=ja"))
    assert QUESTION not in page(kari.get(address))
    assert actions() == ["ask-first", "open-report", "open-report"]


def test_one_who_waits_still_has_it_as_new(report):
    kari = a_visitor(cast.KARI)
    kari.get(report(results=[hiv()]))

    assert "Ny</span>" in page(kari.get("/innbygger/"))


def test_one_sensitive_test_among_others_is_enough(report):
    address = report(results=[a_number(), hiv()])

    assert QUESTION in page(a_visitor(cast.KARI).get(address))


def test_a_code_is_known_under_another_list_too(report):

    code = Code("NPU 19649", NLK.replace("7280", "7230"), "HIV")
    address = report(results=[Result(code=code, text="Ikke påvist")])

    assert QUESTION in page(a_visitor(cast.KARI).get(address))


def test_ordinary_blood_tests_are_opened_at_once(report):
    assert QUESTION not in page(a_visitor(cast.KARI).get(report()))


def test_what_was_taken_back_has_nothing_to_ask_about(report):
    address = report(type_code="HIST", results=[a_text("Karsinom", heading="DIAG")])
    ola_decides(DecisionKind.RELEASED)
    DiagnosticReport.objects.update(wrong_patient_at=timezone.now())

    shown = page(a_visitor(cast.KARI).get(address))

    assert "annen person" in shown
    assert "Karsinom" not in shown


def test_another_citizen_is_refused_and_not_asked(report):
    address = report(results=[hiv()])

    answer = a_visitor(cast.PER).get(f"{address}?les=ja")

    assert answer.status_code == 403
    assert QUESTION not in answer.content.decode()


def test_which_kinds_are_asked_about_is_dated(report):
    today = timezone.localdate()
    SensitiveKind.objects.update(valid_to=today)
    SensitiveKind.objects.create(
        category="CLIN",
        valid_from=today + datetime.timedelta(days=1),
        decided_by="Departementet",
        reason="Ønsket.",
    )
    address = report()

    assert QUESTION not in page(a_visitor(cast.KARI).get(address))


def test_a_code_may_be_excepted_from_its_discipline(report):
    today = timezone.localdate()
    standing = {"decided_by": "Departementet", "reason": "Ønsket."}
    SensitiveKind.objects.create(category="CLIN", valid_from=today, **standing)
    SensitiveKind.objects.create(
        system=codes.NLK,
        code="NOR05172",
        asks_first=False,
        valid_from=today,
        **standing,
    )

    assert QUESTION not in page(a_visitor(cast.KARI).get(report()))
