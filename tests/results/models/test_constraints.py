"""The database keeps the promises, whoever writes."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from results.models import (
    Coding,
    DiagnosticReport,
    DiagnosticReportVersion,
    Observation,
    Organization,
    PatientIdentifier,
    PresentedForm,
    ReceivedMessage,
    ServiceRequest,
    SourceSystem,
    Specimen,
)
from results.vocabulary import MessageOutcome, ValueKind
from tests.results.stories import KARI, a_message, a_sender, received, store

pytestmark = pytest.mark.django_db


def refused(constraint: str):
    """The write fails on this very constraint, and the test's transaction goes on."""
    return _Refused(constraint)


class _Refused:
    def __init__(self, constraint: str) -> None:
        self.raises = pytest.raises(IntegrityError, match=constraint)
        self.atomic = transaction.atomic()

    def __enter__(self) -> None:
        self.raises.__enter__()
        self.atomic.__enter__()

    def __exit__(self, *error) -> bool:
        self.atomic.__exit__(*error)
        return bool(self.raises.__exit__(*error))


@pytest.mark.parametrize(
    ("first", "second", "constraint"),
    [
        ({"her_id": "1"}, {"her_id": "1"}, "organization_her_id_is_unique"),
        (
            {"organization_number": "1"},
            {"organization_number": "1"},
            "organization_number_is_unique_without_her_id",
        ),
        ({}, {"her_id": ""}, "organization_ids_are_not_blank"),
        ({}, {"is_approved": True}, "organization_approved_only_when_confirmed"),
    ],
)
def test_organisations(first, second, constraint):
    Organization.objects.create(**first)

    with refused(constraint):
        Organization.objects.create(**second)


def test_a_client_sends_for_one_organisation():
    sender = a_sender()
    SourceSystem.objects.create(name="a", client_id="nordlab-send", organization=sender)

    with refused("client_id"):
        SourceSystem.objects.create(
            name="b", client_id="nordlab-send", organization=sender
        )


def test_a_number_belongs_to_one_patient():
    store(about=KARI)
    row = PatientIdentifier.objects.get()

    with refused("lookup"):
        PatientIdentifier.objects.create(
            patient=row.patient, kind=row.kind, value_encrypted=b"", lookup=row.lookup
        )


def test_a_message_is_kept_once_for_each_sender():
    message = a_message()
    received(message)

    with refused("message_once_per_sender"):
        received(message)


def test_a_conflicting_message_is_kept_once():
    row = received(a_message())
    row.pk, row.is_conflicting = None, True

    with refused("message_conflict_once"):
        ReceivedMessage.objects.create(
            sender=row.sender,
            message_key=row.message_key,
            content_sha256=row.content_sha256,
            content_encrypted=b"",
            content_size=0,
            is_conflicting=True,
        )


@pytest.mark.parametrize(
    "change",
    [
        {"outcome": MessageOutcome.STORED, "processed_at": None},
        {"outcome": MessageOutcome.RECEIVED, "processed_at": timezone.now()},
    ],
)
def test_a_message_is_decided_at_a_moment(change):
    row = received(a_message())

    with refused("message_processed_when_decided"):
        ReceivedMessage.objects.filter(pk=row.pk).update(**change)


def test_a_report_has_one_key_with_its_sender():
    stored = store()
    report = DiagnosticReport.objects.get(pk=stored.report_id)

    with refused("report_once_per_sender_and_key"):
        DiagnosticReport.objects.create(
            sender=report.sender, report_key=report.report_key, patient=report.patient
        )


def test_a_report_has_one_version_in_force():
    store()
    store()

    with refused("version_current_is_one"):
        DiagnosticReportVersion.objects.update(is_current=True)


def test_two_versions_never_tie():
    stored = store()
    store()

    with refused("version_order_is_total"):
        DiagnosticReportVersion.objects.filter(report_id=stored.report_id).update(
            message_key="same"
        )


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"position": 0}, "observation_position_is_one"),
        (
            {"kind": ValueKind.QUANTITY, "value_as_sent": ""},
            "observation_quantity_has_digits",
        ),
        ({"kind": ValueKind.TEXT, "value_text": ""}, "observation_text_has_text"),
    ],
)
def test_observations(change, constraint):
    store()

    with refused(constraint):
        Observation.objects.update(**change)


@pytest.mark.parametrize(
    ("model", "constraint"),
    [
        (Specimen, "specimen_position_is_one"),
        (ServiceRequest, "service_request_position_is_one"),
        (PresentedForm, "presented_form_position_is_one"),
    ],
)
def test_parts_have_one_place_each(model, constraint):
    store()
    version = DiagnosticReportVersion.objects.get()
    fields = {"version": version, "position": 7}
    if model is not PresentedForm:
        fields["patient"] = version.patient
    model.objects.create(**fields)

    with refused(constraint):
        model.objects.create(**fields)


def test_a_code_stands_once_in_its_table():
    Coding.objects.create(system="7280", code="NPU1", display="a")

    with refused("coding_once_per_system"):
        Coding.objects.create(system="7280", code="NPU1", display="b")
