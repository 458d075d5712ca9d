"""Editorial texts: one writes, a clinician vouches for it, and it is published."""

import pytest

from portal.demo.explanations import load_explanations
from results.models import Explanation
from results.vocabulary import ExplanationKind, ExplanationState
from tests.portal.administration.operators import turid

pytestmark = pytest.mark.django_db
PAGE = "/forvaltning/results/explanation/"
BERIT = {"reviewer_name": "Berit Bakke", "hpr_number": "9144889"}


def written(operator, **said) -> Explanation | None:
    standing = {
        "kind": "test",
        "code": "NPU19763",
        "system": "",
        "forms": "",
        "language": "nb",
        "text": "Ferritin viser jernlageret.",
        "source": "Lærebok",
    }
    operator.post(f"{PAGE}add/", **{**standing, **said})
    return Explanation.objects.order_by("id").last()


def state_of(row) -> str:
    row.refresh_from_db()
    return row.state


class TestRefused:
    def test_who_may_only_look_writes_and_publishes_nothing(self, siri):
        draft = written(siri)
        viewer = turid("view_explanation")

        assert viewer.post(f"{PAGE}add/").status_code == 403
        for kind in ("gjennomgaa", "publiser", "trekk"):
            assert viewer.does(draft, kind, **BERIT).status_code == 403
        assert state_of(draft) == ExplanationState.DRAFT

    def test_whoever_wrote_it_does_not_vouch_for_it(self, siri):
        draft = written(siri)

        siri.does(draft, "gjennomgaa", **BERIT)

        assert "en annen" in siri.told()
        assert state_of(draft) == ExplanationState.DRAFT

    @pytest.mark.parametrize("number", ["", "12", "1234567890"])
    def test_nobody_vouches_without_a_number(self, siri, turid, number):
        draft = written(siri)

        turid.does(draft, "gjennomgaa", **{**BERIT, "hpr_number": number})

        assert state_of(draft) == ExplanationState.DRAFT

    @pytest.mark.parametrize("field", ["text", "source", "code"])
    def test_nothing_a_spreadsheet_would_run_is_written(self, siri, field):
        assert written(siri, **{field: "=1+1"}) is None

    def test_what_is_vouched_for_is_not_rewritten(self, siri, turid):
        draft = written(siri)
        turid.does(draft, "gjennomgaa", **BERIT)

        siri.post(f"{PAGE}{draft.pk}/change/", text="Noe annet.")

        draft.refresh_from_db()
        assert draft.text == "Ferritin viser jernlageret."


def test_from_draft_to_published_and_out_again(siri, turid):
    draft = written(siri)

    turid.does(draft, "gjennomgaa", **BERIT)
    assert state_of(draft) == ExplanationState.REVIEWED
    siri.does(draft, "publiser")
    assert state_of(draft) == ExplanationState.PUBLISHED
    assert "Berit Bakke" in siri.page(f"{PAGE}{draft.pk}/change/")
    turid.does(draft, "trekk")
    assert state_of(draft) == ExplanationState.RETIRED


def test_a_test_is_one_of_the_national_list_unless_it_is_said(siri):
    assert written(siri).system.endswith("7280")


def test_a_word_has_no_list(siri):
    word = written(siri, kind="word", code="adenom", system="7280", forms="adenomet")

    assert (word.system, word.forms) == ("", "adenomet")


def test_the_demonstration_explains_every_test_in_both_languages(siri):
    count = load_explanations()

    assert load_explanations() == count == Explanation.objects.count()
    for kind in ExplanationKind:
        languages = [
            Explanation.objects.filter(kind=kind, language=language).count()
            for language in ("nb", "nn")
        ]
        assert languages[0] == languages[1] > 40
    assert "Bare et utkast" not in siri.page(PAGE)
