"""Words looked for in what is written about Kari, by PostgreSQL's own dictionary."""

import pytest

from results import queries
from results.operations import ensure_patient
from results.parsed import ParsedComment, ParsedServiceRequest
from results.vocabulary import Discipline, ObservationStatus, ReportStatus, ValueKind
from tests.results.stories import KARI, a_message, a_report, haemoglobin, moment, store

pytestmark = pytest.mark.django_db


def a_text(text: str, **changed):
    return haemoglobin(
        kind=ValueKind.TEXT, quantity=None, text=text, codings=(), **changed
    )


def written(key: str, *observations, **changed):
    sent = {k: changed.pop(k) for k in ("generated_at",) if k in changed}
    report = a_report(
        id=key, observations=observations, category=Discipline.RAD, **changed
    )
    return store(a_message(report, **sent))


def search(text: str):
    patient = ensure_patient(KARI)
    reports = queries.reports_of(patient, is_counted=False)
    return queries.reports_saying(patient, reports, queries.sought_words(text))


def found(text: str) -> set:
    return {hit.report.id for hit in search(text)}


@pytest.mark.parametrize(
    "words",
    ["lungene", "lunge", "LUNGEØDEM", "lungeøde", "covid-19", "COVID 19", "ingen ødem"],
)
def test_words_are_found_by_beginning_form_and_size(words):
    report = written("r", a_text("Lungeødem av COVID-19.Ingen perikardvæske, ødemer"))

    assert found(words) == {report.report_id}


@pytest.mark.parametrize("words", ["nyre", "lunge nyre", "ødemfri", "19-covid-20"])
def test_every_word_must_stand_there(words):
    written("r", a_text("Lungeødem etter COVID-19."))

    assert found(words) == set()


def test_words_may_stand_in_different_texts_of_one_report():
    one = written("one", a_text("Lungene er frie."), a_text("Bihuler uten væske."))
    written("two", a_text("Lungene er frie."))

    assert found("lunge bihule") == {one.report_id}


def test_comments_and_the_question_are_texts_too():
    remarked = haemoglobin(comments=("Hemolytisk prøve",))
    question = ParsedServiceRequest(reasons=(ParsedComment("Utredes for cøliaki"),))
    written("r", remarked, comment="Ringt til lege", service_requests=(question,))

    texts = [search(words)[0].texts for words in ("hemolytiske", "ringt", "cøliaki")]
    parts = [[text.part for text in those] for those in texts]
    assert parts == [["result"], ["comment"], ["question"]]


def test_a_number_without_words_is_no_text():
    written("r", haemoglobin())

    assert found("hemoglobin 121") == set()


def test_markup_is_not_searched_and_its_words_are():
    report = written("r", a_text("<p>Fast <b>knute</b></p>", is_markup=True))

    assert found("knute") == {report.report_id}
    assert found("p b knute") == set()


def test_what_is_withdrawn_is_not_looked_in():
    taken_back = ObservationStatus.ENTERED_IN_ERROR
    written("whole", a_text("Svulst"))
    later = moment("2026-11-17T12:00+01:00")
    written("whole", status=ReportStatus.CANCELLED, generated_at=later)
    written("part", a_text("Svulst", status=taken_back), a_text("Frisk"))

    assert found("svulst") == set()


def test_what_was_corrected_away_is_not_found():
    written("r", a_text("Svulst"))
    later = moment("2026-11-17T12:00+01:00")
    written("r", a_text("Ingen sikre funn"), generated_at=later)

    assert found("svulst") == set()


def test_common_words_are_passed_over_and_said_so():
    assert queries.sought_words("ikke og svulst").ignored == ("ikke", "og")
    assert search("ikke og") == ()


@pytest.mark.parametrize("text", ["", "' | 'a", "!!", ":*", "a & ! b", "\\", "'':*"])
def test_signs_are_no_queries(text):
    written("r", a_text("Svulst"))

    assert search(text) == ()
