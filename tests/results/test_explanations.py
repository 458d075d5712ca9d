"""Only what a clinician has vouched for is shown; the demonstration has its own."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from results import codes
from results.models import Explanation
from results.operations import explanations
from results.operations.explanations import DemonstrationText, Reviewer
from results.operations.operator_actions import Refused
from results.queries import explained_words, explanations_of
from results.vocabulary import ExplanationKind, ExplanationState

pytestmark = pytest.mark.django_db
FERRITIN = ("NPU19763", "7280")
BERIT = Reviewer("Berit Bakke", "9144889")


@pytest.fixture(autouse=True)
def _codes():
    codes.load_seed()


def a_draft(**fields) -> Explanation:
    standing = {
        "kind": ExplanationKind.TEST,
        "system": codes.NLK,
        "code": "NPU19763",
        "language": "nb",
        "text": "Ferritin viser jernlageret.",
        "source": "Lærebok",
        "written_by": "siri",
    }
    return Explanation.objects.create(**{**standing, **fields})


def published(**fields) -> Explanation:
    draft = a_draft(**fields)
    explanations.review(draft.pk, reviewer=BERIT, by="turid")
    explanations.publish(draft.pk, by="siri")
    return Explanation.objects.get(pk=draft.pk)


def demonstrated(language="nb", code="NPU19763") -> None:
    text = DemonstrationText(
        kind=ExplanationKind.TEST,
        system=codes.NLK,
        code=code,
        language=language,
        text="Bare en prøve.",
        source="Demonstrasjonen",
    )
    explanations.load_demonstration_texts([text])


def shown(language="nb", asked=FERRITIN):
    return explanations_of([asked], language=language).get(asked)


class TestNotShown:
    def test_a_draft(self):
        a_draft()

        assert shown() is None

    def test_what_is_reviewed_and_not_published(self):
        explanations.review(a_draft().pk, reviewer=BERIT, by="turid")

        assert shown() is None

    def test_what_is_retired(self):
        explanations.retire(published().pk, by="siri")

        assert shown() is None

    def test_the_demonstrations_own_to_a_real_citizen(self, settings):
        demonstrated()
        settings.IS_DEMONSTRATION = False

        assert shown() is None

    def test_the_demonstrations_own_are_not_even_loaded_elsewhere(self, settings):
        settings.IS_DEMONSTRATION = False

        with pytest.raises(RuntimeError):
            demonstrated()

    def test_what_nobody_knows_the_code_of(self):
        assert shown(asked=("LOKAL1", "8212")) is None


class TestRefused:
    def test_whoever_wrote_it_does_not_vouch_for_it(self):
        with pytest.raises(Refused, match="en annen"):
            explanations.review(a_draft().pk, reviewer=BERIT, by="siri")

    def test_a_draft_is_not_published(self):
        with pytest.raises(Refused):
            explanations.publish(a_draft().pk, by="turid")

    def test_the_demonstrations_own_are_never_vouched_for(self):
        demonstrated()

        with pytest.raises(Refused):
            explanations.review(
                Explanation.objects.get().pk, reviewer=BERIT, by="turid"
            )

    @pytest.mark.parametrize(
        "fields",
        [
            {"state": ExplanationState.PUBLISHED},
            {"state": ExplanationState.REVIEWED, "reviewer_name": "Berit"},
            {"is_demonstration": True, "reviewer_name": "Berit"},
            {"reviewed_by": "siri"},
        ],
        ids=["published", "undated", "demonstration", "own"],
    )
    def test_the_database_holds_to_it_too(self, fields):
        with pytest.raises(IntegrityError), transaction.atomic():
            a_draft(**fields)


def test_what_is_published_is_shown_with_who_vouched_for_it_and_when():
    published()

    text = shown()

    assert text.text == "Ferritin viser jernlageret."
    assert (text.reviewer_name, text.source) == ("Berit Bakke", "Lærebok")
    assert text.reviewed_on == timezone.localdate()


def test_the_day_it_was_vouched_for_is_the_day_in_norway():
    row = published()
    late = datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC)
    Explanation.objects.filter(pk=row.pk).update(reviewed_at=late)

    assert shown().reviewed_on == datetime.date(2026, 7, 1)


def test_a_new_text_takes_the_place_of_the_old():
    old = published()
    published(text="Ferritin viser hvor mye jern du har på lager.")

    old.refresh_from_db()
    assert old.state == ExplanationState.RETIRED
    assert shown().text.endswith("på lager.")


def test_a_reader_of_nynorsk_gets_nynorsk_or_bokmal_marked_as_that():
    published()
    assert shown("nn").language == "nb"

    published(language="nn", text="Ferritin viser jernlageret ditt.")
    assert shown("nn").language == "nn"


def test_what_is_vouched_for_comes_before_the_demonstrations_own():
    demonstrated()
    assert shown().reviewer_name == ""

    published()
    assert shown().reviewer_name == "Berit Bakke"


def test_a_retired_code_is_explained_as_its_successor():
    published(code="NPU29069", text="ACE er et enzym.")

    assert shown(asked=("NOR05001", "7280")).text == "ACE er et enzym."


def test_asking_for_many_is_one_query(django_assert_num_queries):
    published()
    codes.refresh()

    with django_assert_num_queries(1):
        explanations_of([FERRITIN, ("NPU27300", "7280"), ("", "")], language="nb")


def test_words_come_with_their_forms():
    published(kind=ExplanationKind.WORD, system="", code="adenom", forms="adenomet")

    (word,) = explained_words("nb")

    assert word.forms == ("adenom", "adenomet")
