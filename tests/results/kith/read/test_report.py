"""The report itself: what it is, for whom, by whom."""

import pytest

from results.kith.read import read
from results.vocabulary import Discipline, ReportStatus

from ..messages import (
    PROVIDER,
    REQUESTER,
    a_code,
    a_message,
    a_patient,
    a_person,
    a_report,
    a_text,
    a_unit,
    an_item,
)

ORDERED_BY = (
    '<ResponsibleHcp><Relation V="REK"/>'
    + a_unit("Lillevik legesenter", "900002", more=a_person("Ola Lind", "9999001"))
    + "</ResponsibleHcp>"
)


def the_report(report: str):
    message = read(a_message(report).encode())
    assert message.faults == ()
    return message.report


def test_header_of_a_report():
    report = the_report(a_report(header="<Comment>Flere svar kommer</Comment>"))
    assert report.status is ReportStatus.FINAL
    assert report.category is Discipline.CLIN
    assert report.type.code == "CLIN"
    assert report.issued_at.as_sent == "2026-03-02T10:00:00"
    assert report.comment == "Flere svar kommer"


@pytest.mark.parametrize(
    ("code", "category"),
    [("HIST", "PAT"), ("CT", "RAD"), ("MBIO", "MBIO"), ("???", "AN"), ("", "AN")],
)
def test_the_discipline_follows_from_the_type(code, category):
    report = a_report().replace('<MsgDescr V="CLIN"', f'<MsgDescr V="{code}"')
    assert the_report(report).category == category


def test_what_the_laboratory_did_beside_the_report_is_kept_as_codes():
    coded = a_code("CodedComment", "TA", display="Telefonsvar avgitt")
    coded += a_code("CodedComment", "MSIS-N")
    report = the_report(a_report(header=coded))
    assert [c.text for c in report.coded_comments] == ["Telefonsvar avgitt", "MSIS-N"]


def test_the_requester_is_who_ordered_not_who_receives():
    report = the_report(a_report(a_patient(after=ORDERED_BY)))
    assert report.requester.name == "Lillevik legesenter, Ola Lind"
    assert report.requester.relation == "REK"
    assert report.requester.id_of("HPR") == "9999001"


def test_without_one_who_ordered_the_recipient_stands_in():
    assert the_report(a_report()).requester.name == "Lillevik legesenter"


def test_performer_responsible_and_copies():
    parties = (
        PROVIDER
        + REQUESTER
        + "<CopyDest>"
        + a_unit("Lillevik kommune", "900009")
        + '</CopyDest><CopyDest/><RelServProv><Relation V="AHP"/>'
        + "<HCP><HCProf><Type V='LE'/><Name>Eva Lab</Name></HCProf></HCP></RelServProv>"
    )
    report = the_report(a_report(parties=parties))
    assert report.performer.id_of("HER") == "900001"
    assert report.responsible.person.profession == "LE"
    assert report.responsible.name == "Eva Lab"
    assert [p.name for p in report.copy_recipients] == ["Lillevik kommune"]


def test_a_cancellation_may_be_empty():
    report = the_report(a_report(service_type="C"))
    assert report.status is ReportStatus.CANCELLED
    assert list(report.all_observations()) == []


def test_results_of_a_foetus_never_land_on_the_mother():
    foetus = a_patient(an_item(code="NPU99999"), name="", number="", kind="")
    mother = a_patient(an_item(), after=foetus)
    message = read(a_message(a_report(mother)).encode())
    assert message.report.patient.name == "Prøve, Kari"
    assert [o.codings[0].code for o in message.report.observations] == ["NPU03429"]
    assert any("tilknyttet person" in w for w in message.warnings)


def test_of_two_patients_side_by_side_only_the_first_is_read():
    nora = a_patient(an_item(code="NPU99999"), name="Prøve, Nora")
    message = read(a_message(a_report(a_patient(an_item()) + nora)).encode())
    assert message.report.patient.name == "Prøve, Kari"
    assert len(message.report.observations) == 1
    assert any("flere pasienter" in w for w in message.warnings)


def test_a_report_without_a_patient_is_read_and_left_to_validation():
    report = the_report(a_report(""))
    assert report.patient is None
    assert report.observations == ()
    assert report.requester.name == "Lillevik legesenter"


def test_a_report_without_an_id_is_read():
    assert the_report(a_report(report_id="")).id is None


@pytest.mark.parametrize(
    ("value", "says"), [("", "tom"), ("i går", "ikke gyldig"), ("2026-13-01", "ikke")]
)
def test_a_bad_date_is_told_of_and_not_refused(value, says):
    content = a_message().replace("2026-03-02T10:00:00", value)
    message = read(content.encode())
    assert message.faults == ()
    told = [w for w in message.warnings if "IssueDate" in w]
    assert len(told) == 1
    assert says in told[0]
    assert not value or value not in told[0]


class TestPathologyHistory:
    """Every answer is sent anew each time: the latest first, then history (H)."""

    def texts(self, *items: str, kind: str = "HIST") -> list[str]:
        sent = a_report(a_patient("".join(items)), service_type="M")
        report = the_report(sent.replace('"CLIN"', f'"{kind}"'))
        return [o.text for o in report.observations]

    def an_answer(self, text: str, day: str = "", *, service_type: str = "H") -> str:
        date = f'<InvDate V="{day}"/>' if day else ""
        return an_item(a_text(text), service_type=service_type, more=date)

    def test_history_comes_newest_first_after_the_answer(self):
        sent = [
            self.an_answer("mars", "2026-03-02T08:00:00"),
            self.an_answer("mars, senere", "2026-03-02T12:00:00"),
            self.an_answer("uten dato"),
            self.an_answer("april", "2026-04-01"),
            self.an_answer("nå", "2026-01-01", service_type="N"),
        ]
        expected = ["nå", "april", "mars, senere", "mars", "uten dato"]
        assert self.texts(*sent) == expected

    def test_others_keep_the_order_they_were_sent_in(self):
        sent = [self.an_answer("gammel"), self.an_answer("ny", service_type="N")]
        assert self.texts(*sent, kind="CLIN") == ["gammel", "ny"]


def test_everyone_it_is_addressed_to_by_role():
    copies = "".join(
        f"<CopyDest>{a_unit(name, her_id)}</CopyDest>"
        for name, her_id in [("Lillevik kommune", "900009"), ("Kopien", "900010")]
    )
    message = read(a_message(a_report(parties=PROVIDER + REQUESTER + copies)).encode())
    assert [(r.party.name, r.is_copy) for r in message.recipients] == [
        ("Lillevik legesenter", False),
        ("Lillevik kommune", True),
        ("Kopien", True),
    ]


def test_a_message_may_be_addressed_to_nobody():
    assert read(a_message(a_report(parties=PROVIDER)).encode()).recipients == ()
    assert read(b"<x/>").recipients == ()


def test_several_comments_are_all_kept():
    twice = "<Comment>Flere svar kommer</Comment><Comment>Ring oss</Comment>"
    assert the_report(a_report(header=twice)).comment == "Flere svar kommer\nRing oss"
