"""The list of every address, its host and methods; what is not listed fails here."""

import pytest
from django.urls import resolve
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView

from portal.api.permissions import Refuse
from tests import cast
from tests.portal.test_every_url import ADDRESSES
from tests.portal.visiting import (
    ADMINISTRATION,
    CITIZEN,
    CLINICIAN,
    FRONT,
    PRODUCER,
    a_visitor,
    somebody,
)

pytestmark = pytest.mark.django_db

EVERY_METHOD = ("GET", "POST", "PUT", "PATCH", "DELETE")
READ, SEND, BOTH, ANY = {"GET"}, {"POST"}, {"GET", "POST"}, set(EVERY_METHOD)
# Every address that is ours, and the methods it takes. Django's own administration is
# walked below instead: its addresses follow from what is registered.
LISTED = {
    "front": READ,
    "set_language": ANY,  # only leads on, and changes nothing but by POST
    "administration_login": ANY,  # only leads on
    "explain_decision": ANY,  # only leads whoever has not signed in to do so
    "clinician:search": BOTH,
    "clinician:need": BOTH,
    "clinician:reports": READ,
    "clinician:news": READ,
    "clinician:by_report": READ,
    "clinician:order": SEND,
    "clinician:report": READ,
    "clinician:release": SEND,
    "clinician:to_assess": READ,
    "clinician:assess": BOTH,
    "clinician:set_deputy": SEND,
    "clinician:end_deputy": SEND,
    "clinician:withdrawn": READ,
    "clinician:attachment": READ,
    "clinician:close": SEND,
    "clinician:cases": READ,
    "clinician:case": BOTH,
    "clinician:elevate": BOTH,
    "clinician:overrides": BOTH,
    "clinician:block": SEND,
    "clinician:correction": BOTH,
    "clinician:corrections": READ,
    "clinician:imaging": READ,
    "clinician:lift": SEND,
    "clinician:limits": READ,
    "clinician:microbiology": READ,
    "clinician:pathology": READ,
    "clinician:report_pdf": READ,
    "clinician:report_text": READ,
    "clinician:reports_pdf": READ,
    "clinician:restrict": SEND,
    "clinician:search_texts": BOTH,
    "clinician:trend": READ,
    "clinician:shortcuts": BOTH,
    "clinician:help_desk": BOTH,
    "clinician:help_patient": SEND,
    "citizen:reports": READ,
    "citizen:report": READ,
    "citizen:attachment": READ,
    "citizen:access_log": READ,
    "citizen:questions": READ,
    "citizen:ask": BOTH,
    "citizen:limits": READ,
    "citizen:restrict": SEND,
    "citizen:block": SEND,
    "citizen:lift": SEND,
    "citizen:whom": BOTH,
    "citizen:powers": READ,
    "citizen:give_power": BOTH,
    "citizen:limit_power": BOTH,
    "citizen:end_power": SEND,
    "citizen:parents": SEND,
    "citizen:analyte": READ,
    "citizen:analytes": READ,
    "citizen:ask_correction": BOTH,
    "citizen:choose_notices": SEND,
    "citizen:close_digital": BOTH,
    "citizen:confirm_contact": SEND,
    "citizen:corrections": READ,
    "citizen:end_reservation": BOTH,
    "citizen:images": READ,
    "citizen:notices": READ,
    "citizen:remove_contact": SEND,
    "citizen:report_fhir": READ,
    "citizen:report_pdf": READ,
    "citizen:reports_fhir": READ,
    "citizen:reports_pdf": READ,
    "citizen:reservations": READ,
    "citizen:reserve": BOTH,
    "citizen:search": SEND,
    "citizen:set_contact": SEND,
    "citizen:take_along": READ,
    "accounts:workplace": BOTH,
    "accounts:sessions": READ,
    "accounts:end_session": SEND,
    "accounts:end_others": SEND,
    "accounts:login": READ,
    "accounts:logout": BOTH,
    "accounts:logged_out": READ,
    "accounts:helseid_authenticate": READ,
    "accounts:helseid_callback": READ,
    "accounts:helseid_back_channel": SEND,
    "accounts:helseid_front_channel": READ,
    "accounts:helseid_keys": READ,
    "accounts:idporten_authenticate": READ,
    "accounts:idporten_callback": READ,
    "accounts:idporten_back_channel": SEND,
    "accounts:idporten_front_channel": READ,
    "accounts:idporten_keys": READ,
    "producer:bench": BOTH,
    "producer:result": SEND,
    "producer:example": READ,
    "producer:approval": READ,
    "api:messages": SEND,
    "api:validate": SEND,
    "api:patient_safety": SEND,
    "api:apprec": READ,
    "api:reconciliation": SEND,
    "api:health": READ,
    "api:metrics": READ,
    "api:launch_create": SEND,
    "api:launch_refresh": SEND,
    "api:launch_end": SEND,
    "api:launch_status": SEND,
    "open_from_ehr": BOTH,
    "leave_from_ehr": READ,
    "fhir:transaction": SEND,
    "fhir:bundle": SEND,
    "fhir:outcome": READ,
    "fhir:metadata": READ,
}
OURS = {name: path for name, path in ADDRESSES if not name.startswith("admin:")}
ADMIN = sorted({path for name, path in ADDRESSES if name.startswith("admin:")})
# Open: FHIR has it so; whoever watches has no token when things are down.
SAYS_HOW_IT_IS = ("fhir:metadata", "api:health")
TAKES_BEARER = ("api:launch_status", "api:metrics")
API = {
    name: path
    for name, path in OURS.items()
    if name.startswith(("api:", "fhir:")) and name not in SAYS_HOW_IT_IS
}
AUDIENCES = {
    "/helsepersonell/": CLINICIAN,
    "/innbygger/": CITIZEN,
    "/forvaltning/": ADMINISTRATION,
    "/produsent/": PRODUCER,
}
ELSEWHERE = [
    (path, host)
    for path in sorted({path for _name, path in ADDRESSES})
    for entrance, home in AUDIENCES.items()
    if path.startswith(entrance)
    for host in {FRONT, *AUDIENCES.values()} - {home}
]


def test_every_address_is_listed_with_its_methods():
    assert set(OURS) == set(LISTED)


def test_what_administrators_may_open_is_listed():
    """Patients, reports and the access log are not among it."""
    registered = {path.split("/")[3] for path in ADMIN if path.endswith("/add/")}

    assert registered == {
        "alarm",
        "attachmentrule",
        "clientsystem",
        "codelist",
        "coding",
        "explanation",
        "operatoraction",
        "operatorproposal",
        "organization",
        "policy",
        "patientmerge",
        "purgerecord",
        "purposerule",
        "releaserule",
        "receivedmessage",
        "repeatinterval",
        "retentionrule",
        "roleassignment",
        "rolecapability",
        "sensitivekind",
        "sharingrule",
        "sourcesystem",
        "user",
        "watchrule",
    }


def test_the_walk_elsewhere_covers_every_audience():
    assert len(ELSEWHERE) > 3 * (len(ADMIN) - 1)


def test_an_audiences_addresses_do_not_exist_on_any_other_host():
    found = [(p, h) for p, h in ELSEWHERE if somebody(h).get(p).status_code != 404]

    assert found == []


@pytest.mark.parametrize("persona", [cast.OLA, cast.KARI], ids=["ola", "kari"])
def test_no_page_of_the_administration_opens_for_who_is_no_administrator(persona):
    client = a_visitor(persona).client
    answers = {
        path: client.get(path, headers={"host": ADMINISTRATION}) for path in ADMIN
    }

    let_in = [p for p, a in answers.items() if a.status_code not in (302, 403, 404)]
    assert let_in == []
    for answer in answers.values():
        assert answer.get("Location", "/forvaltning/").startswith("/forvaltning/")


def methods_taken_by(client, path: str, host: str) -> set[str]:
    return {
        method
        for method in EVERY_METHOD
        if client.generic(method, path, headers={"host": host}).status_code != 405
    }


OWN = {
    f"accounts:{name}"
    for name in ("workplace", "sessions", "end_session", "end_others")
}
PAGES = sorted(OWN | {n for n in LISTED if n.startswith(("clinician:", "citizen:"))})
OPEN = sorted(set(LISTED) - set(PAGES) - set(API))
HOSTS = {
    "front": FRONT,
    "administration_login": ADMINISTRATION,
    "explain_decision": ADMINISTRATION,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_takes_the_listed_methods_and_no_others(name):
    is_citizens = name.startswith("citizen:")
    visitor = a_visitor(cast.KARI if is_citizens else cast.OLA)
    host = CITIZEN if is_citizens else CLINICIAN

    assert methods_taken_by(visitor.client, OURS[name], host) == LISTED[name]


@pytest.mark.parametrize("name", OPEN)
def test_an_open_address_takes_the_listed_methods_and_no_others(name):
    host = HOSTS.get(name, CITIZEN if "idporten" in name else CLINICIAN)
    host = PRODUCER if name.startswith("producer:") else host

    assert methods_taken_by(somebody(host), OURS[name], host) == LISTED[name]


@pytest.mark.parametrize("name", API)
def test_an_api_view_names_who_may_call_and_the_listed_methods(name):
    view = resolve(API[name]).func.cls

    assert issubclass(view, APIView)
    assert view.permission_classes
    assert not {Refuse, AllowAny} & set(view.permission_classes)
    taken = {m for m in EVERY_METHOD if hasattr(view, m.lower())}
    assert taken == LISTED[name]


def test_an_api_view_that_names_nobody_answers_nobody():
    assert APIView.permission_classes == [Refuse]


@pytest.mark.parametrize("name", API)
@pytest.mark.parametrize("method", EVERY_METHOD)
def test_a_system_without_a_token_is_refused_whatever_it_asks(name, method):
    answer = somebody(FRONT).generic(method, API[name])

    assert answer.status_code == 401
    wanted = "Bearer" if name in TAKES_BEARER else "DPoP"
    assert wanted in answer["WWW-Authenticate"]
