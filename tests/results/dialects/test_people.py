"""Cases B: who it is about, who sent it, and under which ids."""

import pytest

from results.vocabulary import Sex

from ..kith.messages import (
    KARI,
    MESSAGE_ID,
    PROVIDER,
    REQUESTER,
    a_message,
    a_number,
    a_patient,
    a_person,
    a_report,
    a_unit,
    an_item,
)
from .reading import a_letter, accepted, opened, refusals, warnings

D_NUMBER = a_number("528473")
FH_NUMBER = a_number("812345")
H_NUMBER = a_number("124473")
# Born 12.04.1973 in the series of Tenor (80) and of the health network (65).
SYNTHETIC = (KARI, a_number("126973"))


def about(**patient: str) -> str:
    return a_message(a_report(a_patient(**patient)))


def test_b1_a_message_id_that_is_no_uuid():
    assert refusals(a_message(message_id="b46454001.dat.0")) == ["E10"]


@pytest.mark.parametrize("shape", ["{{{}}}", "{}"])
def test_b2_braces_and_capitals_in_the_message_id(shape):
    sent = shape.format(MESSAGE_ID.upper())
    accepted(a_message(message_id=sent))
    assert opened(a_message(message_id=sent)).message_id == sent


@pytest.mark.parametrize(
    "sent",
    ["CM 21 0031xxx", "62418xxxR", "1B", "55b6344fc-aaaa-4bbb-8ccc-0123456789ab"],
)
def test_b5_b8_a_reports_id_is_whatever_the_laboratory_writes(sent):
    assert accepted(a_message(a_report(report_id=sent))).id == sent


def test_b7_an_older_report_without_an_id_is_taken_over_with_a_warning():
    content = a_message(a_report(report_id=""), version="1.3")
    assert accepted(content).id is None
    assert "ServProvId" in warnings(content)


@pytest.mark.parametrize("sent", ["NULL", "", " "])
def test_b9_a_requisition_of_no_name(sent):
    header = f"<ServReq><Id>{sent}</Id><ReqComment>Haster</ReqComment></ServReq>"
    (request,) = accepted(a_message(a_report(header=header))).service_requests
    assert request.id is None


@pytest.mark.parametrize("sent", ["LAB-1", "e312fde3-0000-4000-8000-000000000001"])
def test_b9_any_other_requisition_has_the_name_it_has(sent):
    header = f"<ServReq><Id>{sent}</Id></ServReq>"
    (request,) = accepted(a_message(a_report(header=header))).service_requests
    assert request.id == sent


def test_b10_b11_no_requisition_or_several():
    assert accepted(a_message()).service_requests == ()
    both = "<ServReq><Id>1</Id></ServReq><ServReq><Id>2</Id></ServReq>"
    found = accepted(a_message(a_report(header=both))).service_requests
    assert [request.id for request in found] == ["1", "2"]


def test_b12_a_blank_in_the_number():
    accepted(about(number=f"{KARI[:6]} {KARI[6:]}"))


def test_b13_ten_digits_are_no_number():
    assert refusals(about(number=KARI[:10])) == ["E36"]


@pytest.mark.parametrize(
    "patient",
    ["", a_patient(number=""), a_patient(name=""), "<Patient/>"],
    ids=["no patient", "no number", "no name", "nothing"],
)
def test_b14_somebody_must_be_told_for_certain(patient):
    assert set(refusals(a_message(a_report(patient)))) == {"E36"}


def test_b14_a_number_without_its_kind_tells_its_kind_itself():
    accepted(about(kind=""))


def test_b15_a_local_help_number_belongs_to_nobody_here():
    content = about(number="54321", kind="HNR", name="Ukjent kvinne")
    assert refusals(content) == ["E36"]


def test_b16_wrong_check_digits_are_told_as_such():
    wrong = KARI[:-1] + str((int(KARI[-1]) + 1) % 10)
    assert refusals(about(number=wrong)) == ["E31"]


@pytest.mark.parametrize("number", [D_NUMBER, FH_NUMBER], ids=["D-number", "FH-number"])
def test_b17_the_digits_tell_the_kind_whatever_the_label(number):
    accepted(about(number=number, kind="FNR"))
    assert "av et annet slag" in warnings(about(number=number, kind="FNR"))


def test_b17_a_hospitals_own_number_is_refused_under_any_label():
    assert refusals(about(number=H_NUMBER, kind="FNR")) == ["E36"]


@pytest.mark.parametrize("number", SYNTHETIC, ids=["Tenor", "health network"])
def test_b18_made_up_people_live_outside_production(number):
    accepted(about(number=number))
    assert refusals(about(number=number), is_production=True) == ["E31"]


@pytest.mark.parametrize("sent", ["19xx-xx-xx", "1973", "1973-04"])
def test_b19_half_a_birth_date_or_none(sent):
    content = a_letter(f'<DateOfBirth V="{sent}"/>')
    assert accepted(content).patient.birth_date.as_sent == sent


@pytest.mark.parametrize(
    "name",
    ["Danser, Line", "DANSER, LINE", "Danse. Folke", "Folke Danser", "Testpasient"],
)
def test_b20_a_name_is_one_text(name):
    assert accepted(about(name=name)).patient.name == name


def test_b22_b23_the_her_id_is_found_on_either_level_among_all_ids():
    party = (
        "<HCP><Inst><Name>Nordlab</Name><Id>999</Id><TypeId V='ENH' DN='Org.nr.'/>"
        "<Dept><Id>M</Id><TypeId V='LAV' DN='Lokal'/><AdditionalId><Id>900018</Id>"
        "<Type V='HER' DN='HERid'/></AdditionalId></Dept></Inst></HCP>"
    )
    sent = a_report(parties=f"<ServProvider>{party}</ServProvider>")
    sender = opened(a_message(sent)).sender
    assert sender.id_of("HER") == "900018"
    assert sender.organization.id_of("ENH") == "999"
    assert sender.department.id_of("LAV") == "M"


def test_b24_blanks_around_the_kind_of_an_id():
    content = a_message().replace('<TypeId V="HER"', '<TypeId V=" HER "')
    assert opened(content).sender.id_of("HER") == "900001"


def test_b25_b28_everyone_addressed_is_known_by_role():
    copies = [
        f"<CopyDest>{a_unit(f'Kopi {n}', f'90001{n}')}</CopyDest>" for n in "12345"
    ]
    content = a_message(a_report(parties=PROVIDER + REQUESTER + "".join(copies)))
    recipients = opened(content).recipients
    assert [r.is_copy for r in recipients] == [False, *[True] * 5]
    assert recipients[5].party.name == "Kopi 5"


def test_b26_a_recipient_without_a_her_id_is_no_ground_for_refusal():
    nameless = "<Requester><HCP><Inst><Name>Legen</Name></Inst></HCP></Requester>"
    accepted(a_message(a_report(parties=PROVIDER + nameless)))


@pytest.mark.parametrize(
    "parties", ["", "<ServProvider/><Requester/>", REQUESTER, PROVIDER]
)
def test_b29_parties_may_be_missing_and_the_report_is_read(parties):
    content = a_message(a_report(a_patient(an_item()), parties=parties))
    assert len(accepted(content).observations) == 1
    assert warnings(content)


def test_b30_without_one_who_ordered_the_recipient_stands_in():
    assert accepted(a_message()).requester.name == "Lillevik legesenter"


@pytest.mark.parametrize("relation", ["ALE", "AHP", "LAB", ""])
def test_b31_who_is_responsible_may_be_anything(relation):
    responsible = (
        f"<RelServProv><Relation V='{relation}'/><HCP><HCProf><Name>Eva Lab</Name>"
        "</HCProf></HCP></RelServProv>"
    )
    report = accepted(a_message(a_report(parties=PROVIDER + REQUESTER + responsible)))
    assert (report.responsible.name, report.performer.name) == (
        "Eva Lab",
        "Nordlab, Medisinsk biokjemi",
    )


def test_b31_or_missing():
    report = accepted(a_message())
    assert report.responsible is None
    assert report.performer.id_of("HER") == "900001"


def test_b32_a_role_for_a_name_is_shown_and_no_more():
    who = a_unit("Nordlab", "900001", more=a_person("Teknisk personell rom 4", ""))
    found = opened(a_message(a_report(parties=f"<ServProvider>{who}</ServProvider>")))
    assert found.sender.person.name == "Teknisk personell rom 4"
    assert found.sender.id_of("HPR") is None


def test_b33_who_ordered_is_not_looked_for_in_free_text():
    smuggled = "RekvirentStart Ola Lind HPR 9999001 RekvirentSlutt"
    header = f"<ServReq><ReqComment>{smuggled}</ReqComment></ServReq>"
    report = accepted(a_message(a_report(header=header)))
    assert report.service_requests[0].comments[0].text == smuggled
    assert report.requester.person is None


@pytest.mark.parametrize("subject", ["Animal", "Material"])
def test_b34_animals_and_materials_are_no_patients(subject):
    content = a_message(a_report(f"<{subject}>{an_item()}</{subject}>"))
    assert refusals(content) == ["X99"]


def test_b35_a_person_inside_the_patient_is_another():
    foetus = a_patient(an_item(code="NPU99999"), name="Foster", number="")
    content = a_message(a_report(a_patient(an_item(), after=foetus)))
    report = accepted(content)
    assert [o.codings[0].code for o in report.all_observations()] == ["NPU03429"]
    assert report.patient.sex is Sex.FEMALE
    assert "tilknyttet person" in warnings(content)
