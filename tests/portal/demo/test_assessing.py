"""The demonstration shows an answer with a comment, one put off, and one that waits."""

import datetime

import pytest
from django.utils import timezone

from access import lookup
from access.release import ReleaseState
from portal.demo.assessing import assess_what_is_old
from portal.demo.registration import register_everyone
from tests import cast
from tests.builders import a_message, a_specimen, a_text
from tests.portal.visiting import has_arrived

pytestmark = pytest.mark.django_db


def a_biopsy(number: int, *, days: int) -> None:
    taken = timezone.now() - datetime.timedelta(days=days)
    taken = timezone.make_naive(taken).replace(microsecond=0)
    has_arrived(
        a_message(
            id=f"00000000-0000-4000-8000-00000000000{number}",
            type_code="PAT",
            results=[a_text("Uten tegn til sykdom", code="")],
            specimens=(a_specimen(collected_at=taken),),
            generated_at=taken,
        ).replace(b"NL-2026-000417", f"NL-2026-00041{number}".encode())
    )


def test_old_answers_are_assessed_and_one_is_put_off():
    register_everyone()
    for number, days in enumerate((100, 60, 5, 2)):
        a_biopsy(number, days=days)

    assert assess_what_is_old() == 3

    kari = cast.the_viewer(cast.KARI)
    own = {"patient_id": kari.patient_id}
    found = lookup.list_reports(kari, **own).value
    assert len(found.reports) == 2
    states = sorted(each.state for each in found.waiting)
    assert states == [ReleaseState.AWAITING, ReleaseState.DELAYED]
    comments = [
        lookup.open_report(kari, **own, report_id=each.id).release.comment
        for each in found.reports
    ]
    assert any(comments)
