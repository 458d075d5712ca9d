"""What is shown of a message that is not kept is what is shown of one that is."""

import dataclasses
import datetime
import uuid

import pytest

from portal.demo.generator.messages import Plan, messages_about
from results import identity
from results.ingestion import receive
from results.ingestion.preview import MOST_ITEMS, preview
from results.ingestion.reading import read
from results.models import DiagnosticReport
from results.parsed import ParsedMoment, ParsedObservation, ParsedPatient, ParsedReport
from results.queries import report_of
from results.vocabulary import Sex
from tests.builders import a_heading, a_message, a_number, a_text
from tests.results.ingestion.untouched import nothing_kept
from tests.results.kith.messages import a_message_with, a_specimen, an_item

pytestmark = pytest.mark.django_db

PLAN = Plan(patients=4, years=2, seed=1, until=datetime.date(2026, 3, 1))


def of(message: bytes):
    return preview(read(message).report)


# What the sender wrote, kept for reading it anew; and when it was stored.
_OF_STORE = ("as_sent", "stored_at")


def without_keys(value):
    """The same with every key made one, since each look makes its own."""
    if isinstance(value, uuid.UUID):
        return "key"
    if isinstance(value, tuple | list):
        return [without_keys(each) for each in value]
    if isinstance(value, datetime.datetime):
        return value.timestamp()
    if dataclasses.is_dataclass(value):
        names = [f.name for f in dataclasses.fields(value) if f.name not in _OF_STORE]
        return {name: without_keys(getattr(value, name)) for name in names}
    return value


def stored(message: bytes):
    receive.receive_from_operator(message, sender_her_id=None)
    report = DiagnosticReport.objects.latest("created_at")
    return report_of(report.patient_id, report.id)


@pytest.mark.parametrize("who", range(4), ids=["diabetes", "kidney", "third", "fourth"])
def test_each_message_is_previewed_as_it_is_stored(who):
    """The newest of each laboratory, through both ways."""
    by_sender = {m.client_id: m for m in messages_about(who, PLAN)}
    assert by_sender

    for message in by_sender.values():
        previewed = of(message.content)
        assert without_keys(previewed) == without_keys(stored(message.content))


@pytest.mark.parametrize("status", [("C", "F"), ("N", "X"), ("A", "F")])
def test_what_takes_an_answer_back_shows_no_more_than_its_page_would(status):
    service_type, code = status
    message = a_message_with(
        a_specimen(), an_item(), service_type=service_type, status=code
    )

    found = of(message)

    assert without_keys(found.observations) == without_keys(
        stored(message).observations
    )
    assert without_keys(found.specimens) == without_keys(stored(message).specimens)


def test_nothing_is_kept_of_it(caplog):
    with nothing_kept(caplog):
        of(a_message())


def test_a_report_without_anything_can_still_be_shown():
    found = preview(ParsedReport())

    assert (found.observations, found.summary.headline) == ((), "")
    assert found.patient.name == ""


def test_a_number_that_is_none_is_hidden_whole():
    found = preview(ParsedReport(patient=ParsedPatient("12345678901", name="Prøve")))

    assert not any(c.isdigit() for c in found.patient.masked_number)


def test_birth_date_and_sex_come_from_the_message_where_the_number_tells_none():
    born = ParsedMoment("1970-01-02", date=datetime.date(1970, 1, 2))
    patient = ParsedPatient(name="Prøve", birth_date=born, sex=Sex.MALE)

    header = preview(ParsedReport(patient=patient)).patient

    assert (header.birth_date, header.sex) == (born.date, Sex.MALE)


def test_an_fh_number_tells_neither():
    nine = next(n for n in map(str, range(800000000, 800000999)) if ends(n))

    header = preview(ParsedReport(patient=ParsedPatient(nine + ends(nine)))).patient

    assert (header.birth_date, header.sex) == (None, Sex.UNKNOWN)


def ends(nine: str) -> str | None:
    return identity.check_digits(nine)


def test_groups_keep_their_members():
    found = of(a_message(results=[a_heading(a_number(), a_text())]))

    assert [m.name for m in found.observations[0].members] == [
        "B-Hemoglobin",
        "U-Bakterier dyrkning",
    ]


@pytest.mark.parametrize(
    ("groups", "members", "shown"),
    [(1, MOST_ITEMS + 9, MOST_ITEMS), (MOST_ITEMS, 1, MOST_ITEMS), (2, 3, 8)],
    ids=["one deep group", "many groups", "few"],
)
def test_only_so_many_items_are_shown_at_all_depths(groups, members, shown):
    member = ParsedObservation()
    group = ParsedObservation(members=(member,) * members)

    found = preview(ParsedReport(observations=(group,) * groups))

    assert sum(1 + len(o.members) for o in found.observations) == shown
