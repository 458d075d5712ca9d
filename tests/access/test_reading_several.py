"""Disciplines read whole, texts searched, analytes compared: who may, what is kept."""

import dataclasses
import datetime

import pytest

from access import lookup
from access.limits import RestrictionScope
from access.lookup import ShownPart
from access.models import AccessLogEntry
from access.terms import ANONYMOUS, Action
from results import queries
from results.models import DiagnosticReport
from results.operations import ensure_patient
from results.vocabulary import Discipline, ReportStatus, ValueKind
from tests import cast
from tests.results.stories import (
    a_message,
    a_report,
    haemoglobin,
    low_ferritin,
    moment,
    store,
)

pytestmark = pytest.mark.django_db

KARIS = cast.number_of(cast.KARI)
LATER = moment("2026-11-16T12:00+01:00")
IMAGES = (Discipline.RAD,)


def described(key: str, text: str, **changed):
    words = haemoglobin(kind=ValueKind.TEXT, quantity=None, text=text, codings=())
    sent = {k: changed.pop(k) for k in ("generated_at",) if k in changed}
    report = a_report(
        id=key, observations=(words,), **{"category": Discipline.RAD, **changed}
    )
    return store(a_message(report, **sent), about=KARIS)


def last_entry() -> AccessLogEntry:
    return AccessLogEntry.objects.order_by("-at", "-id")[0]


def every_view(viewer, patient_id):
    return {
        Action.READ_CATEGORY: lookup.read_category(
            viewer, patient_id=patient_id, categories=IMAGES
        ),
        Action.SEARCH_TEXTS: lookup.search_texts(
            viewer, patient_id=patient_id, text="knute"
        ),
        Action.FOLLOW_ANALYTE: lookup.compare(viewer, patient_id=patient_id, keys=()),
    }


@pytest.mark.parametrize("who", ["nobody", "another citizen", "a doctor at level 3"])
def test_a_stranger_gets_nothing_and_is_written_down(who, ola, kari):
    viewer = {
        "nobody": lambda: ANONYMOUS,
        "another citizen": lambda: cast.the_viewer(cast.PER),
        "a doctor at level 3": lambda: dataclasses.replace(ola, security_level=3),
    }[who]()
    described("r", "Fast knute")
    before = AccessLogEntry.objects.count()

    answers = every_view(viewer, kari.patient_id)

    assert [a.value for a in answers.values()] == [None, None, None]
    entries = AccessLogEntry.objects.order_by("at", "id")[before:]
    assert [(e.action, e.is_permitted, e.report_ids) for e in entries] == [
        (action, False, []) for action in answers
    ]


def test_a_discipline_is_read_whole_and_each_report_is_logged(ola, kari):
    one = described("one", "Fast knute")
    two = described("two", "Brudd")

    found = lookup.read_category(
        ola, patient_id=kari.patient_id, categories=IMAGES
    ).value

    assert {r.id for r in found.page} == set(found.details)
    texts = {d.observations[0].text for d in found.details.values()}
    assert texts == {"Fast knute", "Brudd"}
    assert set(last_entry().report_ids) == {str(one.report_id), str(two.report_id)}
    seen = DiagnosticReport.objects.filter(seen_by_personnel_at__isnull=False)
    assert {r.pk for r in seen} == {one.report_id, two.report_id}


def test_a_page_reads_and_logs_no_more_than_it_shows(ola, kari):
    for number in range(3):
        described(f"{number}", f"Bilde {number}")

    found = lookup.read_category(
        ola,
        patient_id=kari.patient_id,
        categories=IMAGES,
        part=ShownPart(page=9, size=2),
    ).value

    assert (found.page_number, found.page_count) == (2, 2)
    assert len(found.reports) == 3
    assert len(found.details) == last_entry().report_count == 1


def test_what_stands_beside_is_read_and_logged_too(ola, kari):
    one, two = described("one", "Først"), described("two", "Så")

    found = lookup.read_category(
        ola,
        patient_id=kari.patient_id,
        categories=IMAGES,
        part=ShownPart(size=1),
        related=lambda _report, reports, _examined: [r.id for r in reports],
    ).value

    assert set(found.details) == {one.report_id, two.report_id}
    assert last_entry().report_count == 2


def test_a_withdrawn_report_is_named_and_not_read(ola, kari):
    described("one", "Fast knute")
    described("one", "Trukket", status=ReportStatus.CANCELLED, generated_at=LATER)

    found = lookup.read_category(
        ola, patient_id=kari.patient_id, categories=IMAGES
    ).value

    assert len(found.page) == 1
    assert found.details == {}


def test_what_is_closed_is_neither_read_nor_searched_nor_counted(ola, kari):
    shut = described("shut", "Fast knute")
    described("open", "Liten knute")
    lookup.restrict(
        kari,
        patient_id=kari.patient_id,
        scope=RestrictionScope.REPORT,
        report_id=shut.report_id,
    )

    views = every_view(ola, kari.patient_id)

    read, searched = views[Action.READ_CATEGORY], views[Action.SEARCH_TEXTS]
    assert shut.report_id not in read.value.details
    assert (searched.value.count, len(searched.value.hits)) == (1, 1)
    assert read.value.closed.has_single
    assert searched.value.closed.has_single


def test_a_search_is_logged_with_its_hits_and_never_its_words(ola, kari):
    hit = described("one", "Fast knute")
    described("two", "Brudd")

    found = lookup.search_texts(ola, patient_id=kari.patient_id, text="knute").value

    assert [h.report.id for h in found.hits] == [hit.report_id]
    entry = last_entry()
    assert (entry.action, entry.report_ids) == (
        Action.SEARCH_TEXTS,
        [str(hit.report_id)],
    )
    assert "knute" not in str(entry.__dict__)


def test_what_is_about_someone_else_is_not_found(ola, kari):
    hit = described("one", "Fast knute")
    DiagnosticReport.objects.filter(pk=hit.report_id).update(
        wrong_patient_at=datetime.datetime.now(datetime.UTC)
    )

    assert (
        lookup.search_texts(ola, patient_id=kari.patient_id, text="knute").value.count
        == 0
    )


def test_a_word_of_another_patients_report_is_never_found(ola, kari):
    words = haemoglobin(kind=ValueKind.TEXT, quantity=None, text="knute", codings=())
    pers = a_message(a_report(id="per", observations=(words,)))
    store(pers, about=cast.number_of(cast.PER))

    found = lookup.search_texts(ola, patient_id=kari.patient_id, text="knute").value

    assert found.hits == ()


def test_analytes_are_compared_each_by_itself(ola, kari):
    store(a_message(a_report(id="b", observations=(low_ferritin(),))), about=KARIS)
    offered = lookup.compare(ola, patient_id=kari.patient_id, keys=()).value.others
    ferritin = next(m for m in offered if "Ferritin" in m.name)

    found = lookup.compare(
        ola, patient_id=kari.patient_id, keys=[ferritin.analyte.key, "unknown"]
    ).value

    assert [[r.digits for r in row.results] for row in found.rows] == [["11", "11"]]
    assert ferritin not in found.others
    assert last_entry().report_count == 2


def test_views_cost_the_same_however_much_there_is(
    ola, kari, django_assert_num_queries
):
    described("a", "Knute")
    every_view(ola, kari.patient_id)
    with django_assert_num_queries(_QUERIES):
        every_view(ola, kari.patient_id)
    for number in range(5):
        described(f"more {number}", "Knute")
    described("more 1", "Større knute", generated_at=LATER)

    with django_assert_num_queries(_QUERIES):
        every_view(ola, kari.patient_id)


_QUERIES = 36


def corrected_while_read(monkeypatch):
    """The first time details are fetched, a correction has just come."""
    fetch, waits = queries.details_of, [True]

    def slowly(patient, reports):
        if waits.pop() if waits else False:
            described("one", "Det nye", generated_at=LATER)
        return fetch(patient, reports)

    monkeypatch.setattr(queries, "details_of", slowly)


@pytest.mark.parametrize("is_taken", [False, True], ids=["read", "taken along"])
def test_a_correction_that_came_meanwhile_is_decided_on_anew(
    ola, monkeypatch, is_taken
):
    described("one", "Det gamle")
    patient_id = ensure_patient(KARIS)
    corrected_while_read(monkeypatch)

    if is_taken:
        found = lookup.take_reports(ola, patient_id=patient_id).value.reports
    else:
        answer = lookup.read_category(ola, patient_id=patient_id, categories=IMAGES)
        found = answer.value.details.values()

    assert "Det nye" not in repr(found)
    assert "Det gamle" in repr(found)
    assert last_entry().is_permitted
