"""Mona, in the nursing home, opens a patient who cannot consent, and need not lie."""

import datetime

import pytest
from django.db import IntegrityError

from access import lookup
from access.models import CareRelationship, Consent
from access.terms import AccessBasis, ExemptGround, Exemption, PurposeOfUse, Reason
from tests import cast
from tests.portal.visiting import a_visitor, state_need

pytestmark = pytest.mark.django_db

EXEMPT = {"basis": AccessBasis.EXEMPT, "purpose": PurposeOfUse.TREAT}
TODAY = datetime.date.today
DAY = datetime.timedelta(days=1)


def opens(persona=cast.MONA, ground=ExemptGround.NO_CAPACITY, by="Ola Lind", on=None):
    return lookup.open_patient(
        cast.the_viewer(persona),
        number=cast.KARI.number,
        exemption=Exemption(ground, by, on),
        **EXEMPT,
    )


@pytest.mark.parametrize(
    ("by", "on"),
    [("", 0), ("   ", 0), ("Ola Lind", None), ("Ola Lind", 1)],
    ids=["nobody", "blanks", "no day", "tomorrow"],
)
def test_somebody_must_have_assessed_it_by_today(by, on):
    day = None if on is None else TODAY() + on * DAY

    answer = opens(by=by, on=day)

    assert answer.verdict.reason is Reason.ASSESSMENT_REQUIRED
    assert not CareRelationship.objects.exists()


def test_who_and_when_is_kept_with_the_need():
    assert opens(on=TODAY() - 3 * DAY).verdict.is_permitted

    need = CareRelationship.objects.get()
    assert (need.basis, need.exempt_ground) == ("UNNTAK", "no-capacity")
    assert (need.assessed_by, need.assessed_on) == ("Ola Lind", TODAY() - 3 * DAY)
    assert not Consent.objects.exists()


@pytest.mark.parametrize("ground", [ExemptGround.GP, ExemptGround.SPECIALIST])
def test_other_grounds_need_no_assessment(ground):
    assert opens(cast.OLA, ground, by="").verdict.is_permitted
    assert CareRelationship.objects.get().exempt_ground == ground


def test_a_ground_beside_another_basis_is_not_kept():
    lookup.open_patient(
        cast.the_viewer(cast.MONA),
        number=cast.KARI.number,
        basis=AccessBasis.CONSENT,
        purpose=PurposeOfUse.TREAT,
        exemption=Exemption(ExemptGround.NO_CAPACITY),
    )

    assert CareRelationship.objects.get().exempt_ground == ""


def test_the_database_too_asks_who_and_when():
    opens(on=TODAY())

    with pytest.raises(IntegrityError, match="capacity_was_assessed"):
        CareRelationship.objects.update(assessed_by="")


class TestThePage:
    def test_without_who_and_when_it_asks_again(self):
        mona = a_visitor(cast.MONA)

        answer = state_need(
            mona, cast.KARI, basis="UNNTAK", ground="no-capacity", assessed_by=""
        )

        assert answer.status_code == 403
        assert "hvem som vurderte" in answer.content.decode()

    def test_with_them_it_opens(self):
        mona = a_visitor(cast.MONA)

        answer = state_need(
            mona,
            cast.KARI,
            basis="UNNTAK",
            ground="no-capacity",
            assessed_by="Ola Lind",
            assessed_on=str(TODAY()),
        )

        assert answer.status_code == 302
        assert CareRelationship.objects.get().assessed_by == "Ola Lind"
