"""What administrators see: organisations, senders and messages, and no patient."""

import pytest
from django.conf import settings

from access import operations
from access.models import AccessLogEntry, User
from results.admin.organizations import SourceSystemForm
from results.models import ReceivedMessage
from tests import cast
from tests.builders import a_message, a_number
from tests.portal.test_urls import ADMIN
from tests.portal.visiting import ADMINISTRATION, a_visitor, has_arrived, state_need

pytestmark = pytest.mark.django_db

# Words and numbers of the report that nobody may meet here.
CLINICAL = ("87,3141", "87.3141", "18 - 240", "18–240", "Ingen vekst", "Prøve, Kari")


@pytest.fixture
def siri():
    """Siri administers, after Nordlab has reported on Kari and Ola has looked."""
    number = a_number("NPU19763", "87.3141", name="P-Ferritin", reference="18 - 240")
    has_arrived(a_message(results=[number]))
    ola = a_visitor(cast.OLA)
    ola.get(state_need(ola, cast.KARI)["Location"])
    visitor = a_visitor(cast.SIRI)
    appointed(cast.SIRI)
    return visitor


def appointed(persona) -> None:
    operations.appoint_administrator(
        issuer=settings.OIDC_PROVIDERS[persona.issuer]["issuer"],
        subject=persona.subject,
        name=persona.name,
    )


def opened(visitor, path: str):
    return visitor.client.get(path, headers={"host": ADMINISTRATION})


def test_ola_is_led_out_of_the_administration():
    answer = opened(a_visitor(cast.OLA), "/forvaltning/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/forvaltning/login/")


def test_siri_sees_what_came_in_and_what_became_of_it(siri):
    message = ReceivedMessage.objects.get()

    page = opened(
        siri, f"/forvaltning/results/receivedmessage/{message.pk}/change/"
    ).content.decode()

    assert "Nordlab" in page
    assert message.message_id in page


def pages_of_the_administration():
    """Every address of it, with the one message where a key is asked for."""
    message = str(ReceivedMessage.objects.get().pk)
    nobody = "00000000-0000-0000-0000-000000000001"
    return [path.replace(nobody, message) for path in ADMIN if "logout" not in path]


def test_no_page_of_the_administration_holds_anything_of_a_patient(siri):
    answers = {path: opened(siri, path) for path in pages_of_the_administration()}

    assert answers["/forvaltning/"].status_code == 200
    for path, answer in answers.items():
        page = answer.content.decode()
        assert [w for w in (*CLINICAL, cast.KARI.number) if w in page] == [], path
        assert answer.status_code < 500, path


def test_administering_is_no_look_at_a_patient(siri):
    before = AccessLogEntry.objects.count()

    opened(siri, "/forvaltning/results/receivedmessage/")

    assert AccessLogEntry.objects.count() == before


@pytest.mark.parametrize("act", ["change", "delete"])
def test_a_received_message_is_neither_changed_nor_deleted(siri, act):
    path = f"/forvaltning/results/receivedmessage/{ReceivedMessage.objects.get().pk}"

    answer = siri.client.post(
        f"{path}/{act}/", {"post": "yes"}, headers={"host": ADMINISTRATION}
    )

    assert answer.status_code == 403
    assert ReceivedMessage.objects.count() == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_there_is_no_page_for_a_password(siri, method):
    path = "/forvaltning/password_change/"

    answer = siri.client.generic(method, path, headers={"host": ADMINISTRATION})

    assert answer.status_code == 404
    assert not any(user.has_usable_password() for user in User.objects.all())


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("http://nordlab.example/apprec", False),
        ("ftp://nordlab.example/apprec", False),
        ("https://nordlab.example/apprec", True),
        ("", True),
    ],
    ids=["http", "ftp", "https", "none"],
)
def test_receipts_get_an_address_that_is_safe_or_none(settings, address, is_taken):
    settings.IS_DEMONSTRATION = False
    form = SourceSystemForm(
        {
            "name": "Nordlab",
            "client_id": "nordlab",
            "organization": cast.an_organization(cast.NORDLAB.organization),
            "apprec_url": address,
        }
    )

    assert ("apprec_url" not in form.errors) is is_taken


def test_an_administrator_is_given_some_of_it_and_never_what_deletes(siri):
    user = User.objects.get(name=cast.SIRI.name)

    page = opened(siri, f"/forvaltning/access/user/{user.pk}/change/").content.decode()

    assert "Kan behandle, avvise og flytte meldinger" in page
    assert "Can delete" not in page
    assert "access | " not in page
