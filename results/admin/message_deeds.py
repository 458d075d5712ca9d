"""What an operator may do with one message."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from results.admin.acting import Deed, ReasonForm
from results.ingestion import replay
from results.models import DiagnosticReport, Organization, ReceivedMessage
from results.operations import wrong_patient
from results.operations.operator_actions import Act
from results.operations.replaying import REPLAYABLE
from results.vocabulary import MessageOutcome, OutgoingKind


class RejectForm(ReasonForm):
    """What the sender gets to know, beside why we did it."""

    text = forms.CharField(
        label=_("Til avsenderen"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text=_("Står i kvitteringen (X99). Skriv ingenting om pasienten."),
    )
    field_order = ("text", "reason")


class ReassignForm(ReasonForm):
    """Who it really is from: one of those that send."""

    organization = forms.ModelChoiceField(
        label=_("Avsender"), queryset=Organization.objects.none()
    )
    field_order = ("organization", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        chooser = self.fields["organization"]
        if isinstance(chooser, forms.ModelChoiceField):
            senders = Organization.objects.filter(source_systems__isnull=False)
            chooser.queryset = senders.distinct().order_by("name", "id")


class WrongPatientForm(ReasonForm):
    """Whether the laboratory uses the same id on the answer for the right person."""

    frees_key = forms.BooleanField(
        label=_("Laboratoriets id skal brukes på svaret om rett pasient"),
        required=False,
        help_text=_(
            "Kryss av når et svar om rett pasient venter i karantene med samme id."
        ),
    )
    field_order = ("frees_key", "reason")


def _is_replayable(received: ReceivedMessage) -> bool:
    has_content = received.content_encrypted is not None
    return has_content and received.outcome in REPLAYABLE


def _may_wait_again(received: ReceivedMessage) -> bool:
    return _is_replayable(received) and not received.is_conflicting


def _is_unanswered(received: ReceivedMessage) -> bool:
    answered = received.answers.filter(kind=OutgoingKind.APPREC)
    is_held = received.outcome == MessageOutcome.QUARANTINED
    return is_held and not answered.exists()


def _report_of(received: ReceivedMessage) -> DiagnosticReport | None:
    found = DiagnosticReport.objects.filter(versions__received_message=received)
    return found.first()


def _may_be_marked(received: ReceivedMessage) -> bool:
    report = _report_of(received)
    return report is not None and report.wrong_patient_at is None


def _is_marked(received: ReceivedMessage) -> bool:
    report = _report_of(received)
    return report is not None and report.wrong_patient_at is not None


def _reject(key: uuid.UUID, said: dict[str, Any], act: Act) -> None:
    replay.reject(key, text=said["text"], act=act)


def _reassign(key: uuid.UUID, said: dict[str, Any], act: Act) -> None:
    replay.reassign(key, organization_id=said["organization"].pk, act=act)


def _mark(key: uuid.UUID, said: dict[str, Any], act: Act) -> None:
    wrong_patient.mark_wrong_patient(key, act=act, frees_key=said["frees_key"])


DEEDS = (
    Deed(
        kind="behandle",
        permission="handle_messages",
        title=_("Behandle på nytt"),
        explanation=_("Meldingen stilles i kø og får fem nye forsøk."),
        done=_("Meldingen er stilt i kø."),
        do=lambda key, _said, act: replay.replay(key, act=act),
        is_fitting=_may_wait_again,
    ),
    Deed(
        kind="godta",
        permission="handle_messages",
        title=_("Godta som egen melding"),
        explanation=_(
            "En annen melding har samme MsgId. Denne leses inn ved siden av; "
            "avsenderen får ikke en ny kvittering for samme MsgId."
        ),
        done=_("Meldingen er stilt i kø."),
        do=lambda key, _said, act: replay.accept(key, act=act),
        is_fitting=lambda row: _is_replayable(row) and row.is_conflicting,
    ),
    Deed(
        kind="avvis",
        permission="handle_messages",
        title=_("Avvis"),
        explanation=_(
            "Avsenderen får negativ kvittering med teksten under, én gang. "
            "For den ene av to med samme MsgId sendes ingen kvittering."
        ),
        done=_("Meldingen er avvist."),
        do=_reject,
        is_fitting=_is_unanswered,
        form=RejectForm,
        is_harmful=True,
    ),
    Deed(
        kind="flytt",
        permission="handle_messages",
        title=_("Flytt til annen avsender"),
        explanation=_("Meldingen leses inn som om den kom fra den valgte."),
        done=_("Meldingen er flyttet og stilt i kø."),
        do=_reassign,
        is_fitting=_is_replayable,
        form=ReassignForm,
    ),
    Deed(
        kind="feil-pasient",
        permission="mark_wrong_patient",
        title=_("Merk svaret som feil pasient"),
        explanation=_("Verdiene i alle versjoner av svaret vises ikke for noen."),
        done=_("Svaret er merket som feil pasient."),
        do=_mark,
        is_fitting=_may_be_marked,
        form=WrongPatientForm,
        is_harmful=True,
    ),
    Deed(
        kind="rett-pasient",
        permission="mark_wrong_patient",
        title=_("Ta bort merket feil pasient"),
        explanation=_("Svaret vises igjen for dem det gjelder."),
        done=_("Merket er tatt bort."),
        do=lambda key, _said, act: wrong_patient.unmark_wrong_patient(key, act=act),
        is_fitting=_is_marked,
    ),
)
