"""Cases C: new, changed and cancelled, and the days that go with it."""

import pytest

from ..kith.messages import (
    a_message,
    a_report,
    a_specimen,
    a_text,
    an_item,
)
from .reading import a_letter, accepted, opened, refusals, the_item, warnings


def test_c3_a_change_without_an_original_is_a_report_like_any_other():
    content = a_letter(an_item(service_type="M"), service_type="M")
    assert accepted(content).status == "amended"


@pytest.mark.parametrize("items", [0, 1, 14])
def test_c5_a_cancellation_has_as_many_items_as_it_has(items):
    content = a_letter(
        *[an_item(service_type="C")] * items,
        service_type="C",
    )
    report = accepted(content)
    assert report.status == "cancelled"
    assert [o.status for o in report.observations] == ["cancelled"] * items


def test_c5_a_cancellation_may_say_why():
    header = "<Comment>Sendt på feil pasient</Comment>"
    report = accepted(a_message(a_report(service_type="C", header=header)))
    assert report.comment == "Sendt på feil pasient"


def test_c6_one_item_is_withdrawn_by_a_change():
    sent = [an_item(service_type="C", code="NPU1"), an_item(service_type="H")]
    report = accepted(a_letter(*sent, service_type="M"))
    assert report.status == "amended"
    assert [o.status for o in report.observations] == ["cancelled", "final"]


def test_c7_an_addition_that_is_no_kind_of_report_is_unknown_and_told_of():
    content = a_letter(an_item(), service_type="A", status="A")
    assert accepted(content).status == "unknown"
    assert "lovlig par" in warnings(content)


def test_c8_a_planned_report_has_results_that_are_not_ready():
    pending = an_item("", more='<StatusInvestigation V="15" DN="I prosess"/>')
    report = accepted(a_letter(pending, status="S"))
    assert (report.status, report.observations[0].status) == ("registered",) * 2


def test_c9_an_item_that_does_not_say_has_its_parents_kind():
    inner = an_item(service_type="")
    item = the_item(an_item(service_type="H", members=inner), service_type="M")
    assert item.members[0].service_type == "H"


def test_c10_the_kind_is_its_code_whatever_its_name():
    content = a_letter(an_item()).replace(
        '<ServType V="N"/>', '<ServType V="N" DN="NEW"/>'
    )
    assert accepted(content).observations[0].status == "final"


def test_c11_history_in_a_first_report_is_read_and_told_of():
    content = a_letter(an_item(service_type="H"))
    assert accepted(content).observations[0].service_type == "H"
    assert "passer ikke" in warnings(content)


def test_c12_pathology_sends_its_history_with_every_answer():
    sent = [
        an_item(a_text(text), service_type=kind, more=f'<InvDate V="{day}"/>')
        for text, kind, day in [
            ("eldst", "H", "2026-01-01"),
            ("svaret", "N", "2026-03-01"),
            ("nest eldst", "H", "2026-02-01"),
        ]
    ]
    content = a_letter(*sent, service_type="M").replace('"CLIN"', '"HIST"')
    texts = [o.text for o in accepted(content).observations]
    assert texts == ["svaret", "nest eldst", "eldst"]


def test_c13_a_cancelled_specimen_takes_its_results_with_it():
    specimens = a_specimen("1", more='<ServType V="C"/>') + a_specimen("2")
    items = [
        an_item(more=f"<RefAnalysedSubject>{n}</RefAnalysedSubject>") for n in (1, 2)
    ]
    report = accepted(a_letter(specimens, *items, service_type="M"))
    assert [s.is_cancelled for s in report.specimens] == [True, False]
    assert [o.status for o in report.observations] == ["cancelled", "final"]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("2026-03-02T10:05:00.9999", "2026-03-02T10:05:00.999900+01:00"),
        ("2026-03-02T09:05:00.9999999Z", "2026-03-02T10:05:00.999999+01:00"),
        ("2026-07-02T10:05:00", "2026-07-02T10:05:00+02:00"),
    ],
)
def test_c15_times_are_norwegian_and_cut_to_what_we_keep(sent, shown):
    assert opened(a_message(generated=sent)).generated_at.at.isoformat() == shown


@pytest.mark.parametrize("zone", ["", "Z", "-05:00", "+14:00"])
def test_c16_a_day_is_a_day_in_every_zone(zone):
    taken = accepted(a_letter(a_specimen(taken="2026-03-02" + zone))).specimens[0]
    assert taken.collected_at.date.isoformat() == "2026-03-02"
    assert taken.collected_at.at is None


def test_c16_a_time_without_a_zone_near_midnight_stays_on_its_day():
    taken = accepted(a_letter(a_specimen(taken="2026-03-02T00:30:00"))).specimens[0]
    assert taken.collected_at.date.isoformat() == "2026-03-02"


def test_c17_an_empty_date_is_no_date_and_told_of():
    content = a_message().replace("2026-03-02T10:00:00", "")
    assert accepted(content).issued_at is None
    assert "IssueDate" in warnings(content)


@pytest.mark.parametrize(
    ("taken", "born", "says"),
    [
        ("2026-03-03", "1973-04-12", "etter at meldingen ble laget"),
        ("1973-04-11", "1973-04-12", "før pasienten ble født"),
        ("2026-03-02", "1973-04-12", ""),
        ("i går", "1973", ""),
        ("", "", ""),
    ],
)
def test_c18_days_that_cannot_be_right_are_told_of(taken, born, says):
    content = a_letter(f'<DateOfBirth V="{born}"/>', a_specimen(taken=taken))
    accepted(content)
    told = [w for w in warnings(content).splitlines() if "En prøve er tatt" in w]
    assert [says in w for w in told] == ([True] if says else [])


@pytest.mark.parametrize("status", ["TEST", "NAPR"])
def test_c19_messages_for_testing_never_reach_production(status):
    content = a_letter(header=f'<Status V="{status}"/>')
    accepted(content)
    assert "X99" in refusals(content, is_production=True)


@pytest.mark.parametrize("version", ["1.3", "1.4"])
def test_c20_two_reports_in_a_message_are_refused_together(version):
    content = a_message(a_report() * 2, version=version)
    assert refusals(content) == ["X99"]
    assert opened(content).report is None


def test_c21_a_message_without_a_report_is_refused():
    assert refusals(a_message("")) == ["X99"]
