"""What one operator proposes for many messages, another confirms or declines."""

import uuid
from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from results.admin.acting import Deed, DeedsAdmin, name_of
from results.ingestion import replay
from results.models import OperatorProposal
from results.operations import proposing
from results.operations.operator_actions import Act


def _confirm(key: uuid.UUID, _said: dict[str, Any], act: Act) -> str:
    proposal = replay.confirm(key, by=act.by)
    left = len(proposal.problems)
    return str(_("Ikke utført for: %(count)s") % {"count": left}) if left else ""


def _decline(key: uuid.UUID, _said: dict[str, Any], act: Act) -> None:
    proposing.decide(key, by=act.by, is_confirmed=False)


def _is_open(proposal: OperatorProposal) -> bool:
    return proposal.decided_at is None


DEEDS = (
    Deed(
        kind="bekreft",
        permission="handle_messages",
        title=_("Bekreft"),
        explanation=_("Det som er foreslått, gjøres straks med hver melding."),
        done=_("Forslaget er utført."),
        do=_confirm,
        is_fitting=_is_open,
        form=forms.Form,
    ),
    Deed(
        kind="avslaa",
        permission="handle_messages",
        title=_("Avslå"),
        explanation=_("Ingenting gjøres med meldingene."),
        done=_("Forslaget er avslått."),
        do=_decline,
        is_fitting=_is_open,
        form=forms.Form,
    ),
)


@admin.register(OperatorProposal)
class OperatorProposalAdmin(DeedsAdmin):
    """Undecided ones first."""

    deeds = DEEDS
    fields = (
        "kind",
        "count",
        "reason",
        "details",
        "proposed_at",
        "proposer",
        "decided_at",
        "decider",
        "is_confirmed",
        "problems",
    )
    readonly_fields = ("count", "proposer", "decider")
    list_display = (
        "proposed_at",
        "kind",
        "count",
        "reason",
        "proposer",
        "is_confirmed",
    )
    list_filter = ("is_confirmed", "kind")
    ordering = ("-decided_at", "-proposed_at")

    @admin.display(description=_("antall meldinger"))
    def count(self, proposal: OperatorProposal) -> int:
        return len(proposal.message_ids)

    @admin.display(description=_("foreslått av"))
    def proposer(self, proposal: OperatorProposal) -> str:
        return name_of(proposal.proposed_by)

    @admin.display(description=_("avgjort av"))
    def decider(self, proposal: OperatorProposal) -> str:
        return name_of(proposal.decided_by)
