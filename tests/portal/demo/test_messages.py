"""The generator: always the same bytes, always valid, always somebody's story."""

import datetime
from collections import Counter
from functools import cache

import pytest
from django.conf import settings
from lxml import etree

from portal.demo import people
from portal.demo.generator.messages import Plan, Prepared, messages, messages_about
from results import identity
from results.ingestion.check import check
from results.kith.read import read
from results.vocabulary import (
    Discipline,
    MessageFormat,
    MessageOutcome,
    ReportStatus,
)

SCHEMAS = settings.BASE_DIR.parent / "shared" / "samples" / "schemas" / "local"
UNTIL = datetime.date(2026, 11, 1)
PLAN = Plan(patients=12, years=5, seed=1, until=UNTIL)
KARI = 0


@cache
def everything() -> tuple[Prepared, ...]:
    return tuple(messages(PLAN))


@cache
def reports():
    return tuple(read(message.content).report for message in everything())


def reports_about(index: int):
    return [read(message.content).report for message in messages_about(index, PLAN)]


def test_the_same_arguments_give_the_same_bytes():
    assert tuple(messages(PLAN)) == everything()


def test_another_seed_gives_other_courses():
    other = Plan(patients=1, years=5, seed=2, until=UNTIL)

    ours = {m.content for m in messages_about(KARI, PLAN)}

    assert ours.isdisjoint(m.content for m in messages(other))


def test_more_patients_change_nothing_for_the_first():
    fewer = Plan(patients=2, years=5, seed=1, until=UNTIL)

    assert list(messages(fewer)) == list(everything()[: len(list(messages(fewer)))])


def test_another_day_never_reuses_a_message_id():
    later = Plan(patients=1, years=5, seed=1, until=UNTIL + datetime.timedelta(1))

    ours, theirs = (
        {read(m.content).message_id for m in messages_about(KARI, plan)}
        for plan in (PLAN, later)
    )

    assert ours.isdisjoint(theirs)


def test_every_message_would_be_stored_without_a_word():
    for message in everything():
        account = check(message.content)

        assert account.outcome is MessageOutcome.STORED, message.name
        assert account.apprec_status == 1, message.name
        assert account.warnings == (), message.name


@pytest.mark.shared
@pytest.mark.skipif(not SCHEMAS.exists(), reason="../shared is not here")
def test_every_message_follows_its_schema():
    schemas = {
        version: etree.XMLSchema(etree.parse(SCHEMAS / driver))
        for version, driver in (
            (MessageFormat.KITH_1_4, "driver-svar-v1.4.xsd"),
            (MessageFormat.KITH_1_3, "driver-svar-v13.xsd"),
        )
    }
    for message in everything():
        schema = schemas[read(message.content).format]
        assert schema.validate(etree.fromstring(message.content)), message.name


def test_everyone_is_synthetic_and_different():
    numbers = {report.patient.identity_number for report in reports()}

    assert len(numbers) == PLAN.patients
    for number in numbers:
        assert identity.parse(number, allow_test_numbers=True).is_synthetic


def test_the_first_citizens_are_the_cast():
    names = [reports_about(index)[0].patient.name for index in range(5)]

    assert names == [
        "Prøve, Kari",
        "Nordmann, Per",
        "Prøve, Nora",
        "Berg, Jonas",
        "Elvestad, Tor",
    ]
    assert reports_about(KARI)[0].patient.identity_number == people.KARI.number


def test_file_names_sort_in_the_order_of_sending_and_tell_nobodys_number():
    names = [message.name for message in everything()]
    numbers = {report.patient.identity_number for report in reports()}

    assert sorted(names) == names
    assert not any(number in name for number in numbers for name in names)


def test_nothing_is_sent_after_the_last_day_or_out_of_order():
    for index in range(PLAN.patients):
        sent = [m.generated_at for m in messages_about(index, PLAN)]

        assert sent == sorted(sent)
        assert max(sent).date() <= UNTIL


def test_message_ids_are_never_repeated():
    ids = Counter(read(message.content).message_id for message in everything())

    assert max(ids.values()) == 1


def test_a_report_is_answered_after_the_sample_was_taken():
    for report in reports():
        for specimen in report.specimens:
            assert specimen.collected_at.at < report.issued_at.at


def test_all_disciplines_are_there():
    met = {report.category for report in reports()}

    assert met >= {
        Discipline.CLIN,
        Discipline.MBIO,
        Discipline.IMTR,
        Discipline.FARM,
        Discipline.MGEN,
        Discipline.PAT,
        Discipline.RAD,
    }


def test_both_versions_and_both_encodings_are_met():
    formats = Counter(read(message.content).format for message in everything())
    latin = [m for m in everything() if b'encoding="ISO-8859-1"' in m.content[:60]]

    assert formats[MessageFormat.KITH_1_4] > formats[MessageFormat.KITH_1_3] > 5
    assert latin


def test_a_preliminary_culture_becomes_final_under_the_same_id():
    cultures: dict[str, list] = {}
    for report in reports():
        if report.type.code == "MBIO":
            cultures.setdefault(report.id, []).append(report)
    changed = [versions for versions in cultures.values() if len(versions) > 1]

    assert changed
    for first, last in changed:
        assert first.status is ReportStatus.PRELIMINARY
        assert last.service_type == "M"
        assert first.issued_at == last.issued_at


def test_laboratories_err_now_and_then_and_say_so():
    by_type = Counter(
        report.service_type for report in reports() if report.type.code == "CLIN"
    )

    assert by_type["N"] > 100
    assert 1 <= by_type["M"] < 20
    assert 1 <= by_type["C"] < 10
    corrected = next(
        r for r in reports() if r.service_type == "M" and r.type.code == "CLIN"
    )
    assert "Rettelse" in corrected.comment
    assert {o.service_type for o in corrected.observations} == {"M", "H"}


def test_each_laboratory_sends_as_itself():
    her_ids = {
        laboratory.client_id: laboratory.organization.her_id
        for laboratory in people.LABORATORIES
    }
    for message in everything():
        sender = read(message.content).sender
        assert sender.organization.id_of("HER") == her_ids[message.client_id]


def test_a_usual_message_is_of_a_usual_size():
    panels = [
        len(message.content)
        for message in everything()
        if len(read(message.content).report.observations) == 12
    ]

    assert 8_000 < sum(panels) / len(panels) < 11_000


def test_a_demonstration_is_neither_empty_nor_endless():
    ten = Plan(patients=10, years=5, seed=1, until=UNTIL)

    assert 250 <= len(list(messages(ten))) <= 400


def test_nobody_is_tested_before_they_are_born():
    many = Plan(patients=120, years=15, seed=3, until=UNTIL)
    for index in range(5, many.patients):
        for message in messages_about(index, many):
            born = read(message.content).report.patient.birth_date.date
            assert message.generated_at.date() > born
            break
