"""Several reports at once: all or none, one answer for each entry."""

import pytest
from rest_framework.test import APIClient

from portal.demo import people
from results.ingestion import inbox
from results.models import DiagnosticReport, ReceivedMessage
from tests.results.fhir.bundles import a_patient, a_quantity, an_entry, an_observation

from .fhir_senders import (
    TRANSACTION,
    a_reported,
    a_sender,
    a_transaction,
    around,
    named,
    send,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_worker_at_hand")]

HB = an_observation("urn:uuid:o1", valueQuantity=a_quantity("13.20"))
CRP = an_observation("urn:uuid:o2", valueQuantity=a_quantity("5", "mg/L"))
TWO = (a_reported("A", HB), HB, a_reported("B", CRP), CRP)


@pytest.fixture
def nordlab() -> APIClient:
    return a_sender()


def is_nothing_kept() -> bool:
    return not ReceivedMessage.objects.exists()


def entries_of(response) -> list[dict]:
    body = response.json()
    assert (response.status_code, body["type"]) == (200, "transaction-response")
    return [entry["response"] for entry in body["entry"]]


def statuses(response) -> list[str]:
    return [entry["status"][:3] for entry in entries_of(response)]


def test_one_bad_report_stops_them_all(nordlab):
    unknown = an_entry("urn:uuid:p2", a_patient("740512852", "urn:oid:1.2.203.1"))
    about_no_one = a_reported("B", subject={"reference": "urn:uuid:p2"})
    about_no_one["resource"] |= {"specimen": [], "basedOn": []}
    response = send(
        nordlab,
        a_transaction(TWO[0], HB, about_no_one, unknown, *around()),
        TRANSACTION,
    )

    assert (response.status_code, is_nothing_kept()) == (422, True)
    (issue,) = response.json()["issue"]
    assert issue["expression"] == ["Bundle.entry[2].resource.subject"]
    assert issue["details"]["coding"][0]["code"] == "E36"


def test_what_cannot_be_taken_apart_is_refused_with_the_place(nordlab):
    loose = an_observation("urn:uuid:o3")
    response = send(nordlab, a_transaction(*TWO, loose, *around()), TRANSACTION)

    assert (response.status_code, is_nothing_kept()) == (422, True)
    assert response.json()["issue"][0]["expression"] == ["Bundle.entry[4]"]


@pytest.mark.parametrize(
    ("content", "status"), [(b"{", 400), (b"[]", 400), (b"{}", 422)]
)
def test_what_is_no_transaction_is_refused(nordlab, content, status):
    response = send(nordlab, content, TRANSACTION)

    assert (response.status_code, is_nothing_kept()) == (status, True)
    assert words(response)


def test_another_sender_further_on_undoes_the_first(nordlab):
    fjordlab = an_entry("urn:uuid:l2", named(people.FJORDLAB))
    theirs = a_reported("B", CRP, performer=[{"reference": "urn:uuid:l2"}])
    response = send(
        nordlab,
        a_transaction(TWO[0], HB, theirs, CRP, fjordlab, *around()),
        TRANSACTION,
    )

    assert (response.status_code, is_nothing_kept()) == (403, True)


def test_a_used_id_further_on_undoes_the_first(nordlab):
    send(nordlab, a_transaction(*TWO, *around()), TRANSACTION)
    changed = an_observation("urn:uuid:o2", valueQuantity=a_quantity("50", "mg/L"))
    third = a_reported("C")
    response = send(
        nordlab, a_transaction(third, *TWO[:3], changed, *around()), TRANSACTION
    )

    assert response.status_code == 409
    assert "brukt før" in words(response)
    assert ReceivedMessage.objects.count() == 2


def test_two_reports_are_two_messages_and_every_entry_is_answered(nordlab):
    response = send(nordlab, a_transaction(*TWO, *around()), TRANSACTION)

    assert statuses(response) == ["201"] * 9
    assert sorted(DiagnosticReport.objects.values_list("report_key", flat=True)) == [
        "A",
        "B",
    ]
    first, _result, second, *_others = entries_of(response)
    assert first["location"] != second["location"]
    assert "tatt imot" in words(nordlab.get(second["location"]))


def test_sent_again_it_is_known_report_by_report(nordlab):
    content = a_transaction(*TWO, *around())
    send(nordlab, content, TRANSACTION)

    assert statuses(send(nordlab, content, TRANSACTION)) == ["200"] * 9
    assert ReceivedMessage.objects.count() == 2


def test_who_does_not_wait_asks_later(nordlab):
    content = a_transaction(*TWO, *around())
    response = send(nordlab, content, TRANSACTION, HTTP_PREFER="wait=0")

    assert statuses(response) == ["202"] * 9
    inbox.drain(seconds=5)
    location = entries_of(response)[0]["location"]
    assert "tatt imot" in words(nordlab.get(location))


def test_what_no_report_points_at_is_told_of(nordlab):
    stray = an_entry("urn:uuid:x", {"resourceType": "Organization", "name": "X"})
    response = send(nordlab, a_transaction(*TWO, stray, *around()), TRANSACTION)

    unused = entries_of(response)[4]
    assert unused["status"] == "200 OK"
    assert "Ingen av svarrapportene" in unused["outcome"]["issue"][0]["details"]["text"]


def test_a_lone_report_is_a_transaction_too(nordlab):
    content = a_transaction(a_reported("A", HB), HB, *around())

    assert statuses(send(nordlab, content, TRANSACTION)) == ["201"] * 7
