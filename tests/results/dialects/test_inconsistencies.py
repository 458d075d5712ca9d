"""Cases G: where the standards disagree with themselves, and which side we take."""

import pytest

from ..kith.messages import a_message, a_report, a_unit, an_item
from .reading import a_letter, accepted


def test_g1_an_item_may_leave_out_its_kind_as_the_schema_says():
    content = a_letter(an_item(service_type=""))
    assert accepted(content).observations[0].service_type == "N"


def test_g4_reservations_may_be_several_and_the_older_permission_is_read():
    header = (
        '<ServReq><Reservation V="T"/><Reservation V="U"/>'
        '<Permission V="1" DN="Kan utvides"/></ServReq>'
    )
    (request,) = accepted(a_message(a_report(header=header))).service_requests
    assert [r.code for r in request.reservations] == ["T", "U"]
    assert [c.text for c in request.comments] == ["Kan utvides"]


def test_g5_who_did_it_stands_in_the_item_which_stands_in_the_patient():
    done = f"<RelServProv>{a_unit('Fjordlab', '900003')}</RelServProv>"
    (item,) = accepted(a_letter(an_item(more=done))).observations
    assert item.performers[0].name == "Fjordlab"


@pytest.mark.parametrize(("code", "category"), [("IMTR", "IMTR"), ("MBIO", "MBIO")])
def test_g7_the_discipline_is_what_the_report_says_whatever_the_profile(code, category):
    content = a_letter().replace('<MsgDescr V="CLIN"', f'<MsgDescr V="{code}"')
    assert accepted(content).category == category
