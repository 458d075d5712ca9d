"""What a token is read as: a machine alone, or a client with a person behind it."""

import pytest
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from access.authentication import claimed_professions
from portal.api.permissions import OnBehalfOfAPerson, has_scope
from portal.api.tokens import UnreadableToken, read_token
from tests.cast import KARI, OLA

MACHINE = {
    "iss": "http://login.localhost:8001/helseid",
    "sub": "nordlab-send",
    "client_id": "nordlab-send",
    "scope": "provesvar:messages provesvar:other",
    "exp": 1_800_000_000,
    "helseid://claims/client/claims/orgnr_parent": "310000019",
}
PERSON = {
    **MACHINE,
    "sub": "ola",
    "name": "Ola Lind",
    "helseid://claims/identity/pid": OLA.number,
    "helseid://claims/identity/security_level": "4",
    "helseid://claims/hpr/hpr_number": OLA.hpr_number,
    "helseid://claims/client/claims/orgnr_child": "310000027",
    "nhn:tillitsrammeverk:parameters": {"practitioner": {}},
}


def read(claims):
    return read_token(claims, is_token_hashed=True)


def test_a_machine_calls_for_itself():
    token = read(MACHINE)

    assert token.person is None
    assert token.attestation is None
    assert token.scopes == {"provesvar:messages", "provesvar:other"}
    assert (token.organization_number, token.expires_at) == ("310000019", 1_800_000_000)


def test_ola_calls_through_his_record_system():
    token = read(PERSON)

    assert (token.person.name, token.person.hpr_number) == ("Ola Lind", OLA.hpr_number)
    assert token.person.security_level == 4
    assert token.point_of_care_number == "310000027"
    assert token.attestation == {"practitioner": {}}


def test_a_number_is_in_no_text_of_a_token():
    assert OLA.number not in repr(read(PERSON))


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": 7},
        {"client_id": ""},
        {"scope": ["a"]},
        {"helseid://claims/identity/pid": ""},
        {"helseid://claims/identity/pid": 7},
        {"helseid://claims/identity/pid": f"{KARI.number[:-1]}x"},
    ],
    ids=["client", "no client", "scope", "no number", "counted", "mistyped"],
)
def test_a_claim_of_another_shape_is_not_guessed_at(changed):
    with pytest.raises(UnreadableToken):
        read({**PERSON, **changed})


@pytest.mark.parametrize("level", ["3", "5", "", 4, None, ["4"]], ids=str)
def test_a_level_that_is_not_four(level):
    changed = {"helseid://claims/identity/security_level": level}
    token = read({**PERSON, **changed})

    assert token.person.security_level < 4
    answer = asked_for_a_person(token)
    assert answer.status_code == 403
    assert 'error="insufficient_user_authentication"' in answer["WWW-Authenticate"]
    assert 'acr_values="Level4"' in answer["WWW-Authenticate"]


def test_a_machine_where_a_person_is_demanded():
    answer = asked_for_a_person(read(MACHINE))

    assert answer.status_code == 403
    assert "nivå 4" in answer.data["message"]


def test_ola_where_a_person_is_demanded():
    assert asked_for_a_person(read(PERSON)).status_code == 200


class Greeting(APIView):
    """Answers a person, or who has a scope that nobody has."""

    authentication_classes = []
    permission_classes = [OnBehalfOfAPerson]

    def get(self, request):
        from rest_framework.response import Response

        return Response({})


def asked_for_a_person(token, view=Greeting):
    request = APIRequestFactory().get("/")
    request._force_auth_token = token
    request._force_auth_user = None
    return view.as_view()(request)


def test_a_missing_scope_is_named():
    class Scoped(Greeting):
        permission_classes = [has_scope("provesvar:rare")]

    answer = asked_for_a_person(read(MACHINE), Scoped)

    assert answer.status_code == 403
    assert 'scope="provesvar:rare"' in answer["WWW-Authenticate"]


LE = {"profession": "LE", "authorization": {"value": "1"}}
SP = {"profession": "SP", "authorization": {"value": "1"}}
ROLES = {
    "two": ({"approvals": [LE, SP, LE]}, ("LE", "SP")),
    "as text": (
        '{"approvals": [{"profession": "LE", "authorization": {"value": "1"}}]}',
        ("LE",),
    ),
    "revoked": ({"approvals": [{**LE, "authorization": {"value": "0"}}, SP]}, ("SP",)),
    "no authorisation": ({"approvals": [{"profession": "LE"}]}, ()),
    "no list": ({"approvals": LE}, ()),
    "rubbish within": (
        {"approvals": [7, None, {"profession": 7, **SP} | {"profession": 7}]},
        (),
    ),
    "a code that is none": ({"approvals": [{**LE, "profession": "<b>"}]}, ()),
    "broken text": ("{", ()),
    "nothing": (None, ()),
}


@pytest.mark.parametrize(("details", "codes"), ROLES.values(), ids=ROLES.keys())
def test_the_roles_somebody_is_authorised_in(details, codes):
    claims = {"helseid://claims/hpr/hpr_details": details}

    assert claimed_professions(claims) == codes
