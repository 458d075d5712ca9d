"""Two numbers, one person: found, proposed, carried out by another, and undone."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from results import identity
from results.admin.acting import Deed, DeedsAdmin, ReasonForm, actor, may, name_of, see
from results.identity import InvalidIdentityNumber
from results.ingestion import parting
from results.models import PatientMerge
from results.operations import merging
from results.operations.merging import Known
from results.operations.operator_actions import Act, Refused

_PERMISSION = "merge_patients"
_NOT_VALID = _(
    "Et av numrene er ikke et gyldig fødselsnummer, D-nummer eller FH-nummer."
)


class NumbersForm(forms.Form):
    """Typed into the body of a POST, and never shown again."""

    surviving = forms.CharField(
        label=_("Nummeret som gjelder nå"), max_length=20, strip=True
    )
    merged = forms.CharField(
        label=_("Nummeret som gjaldt før"), max_length=20, strip=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.update(autocomplete="off", inputmode="numeric")


class ProposeForm(ReasonForm):
    """The two that were found, by their opaque keys."""

    surviving_id = forms.UUIDField(widget=forms.HiddenInput)
    merged_id = forms.UUIDField(widget=forms.HiddenInput)
    accepts_conflict = forms.BooleanField(
        label=_(
            "Jeg har kontrollert mot Folkeregisteret at to ulike numre av samme slag "
            "er én person"
        ),
        required=False,
    )


def _part(key: uuid.UUID, _said: dict[str, Any], act: Act) -> str:
    parted = parting.part(key, act=act)
    told = _("Svar som gikk tilbake i tillegg: %(back)s. Må kontrolleres: %(left)s.")
    return str(told % {"back": parted.returned, "left": parted.unsettled})


def _decline(key: uuid.UUID, _said: dict[str, Any], act: Act) -> None:
    merging.decline_merge(key, by=act.by)


def _carry_out(key: uuid.UUID, _said: dict[str, Any], act: Act) -> None:
    merging.merge_patients(key, by=act.by)


def _is_open(merge: PatientMerge) -> bool:
    return merge.at is None and merge.declined_at is None


DEEDS = (
    Deed(
        kind="utfor",
        permission=_PERMISSION,
        title=_("Slå sammen"),
        explanation=_(
            "Alle svar flyttes til pasienten som beholdes. Det gjøres av en annen enn "
            "den som foreslo det."
        ),
        done=_("Pasientene er slått sammen."),
        do=_carry_out,
        is_fitting=_is_open,
        form=forms.Form,
        is_harmful=True,
    ),
    Deed(
        kind="avslaa",
        permission=_PERMISSION,
        title=_("Avslå"),
        explanation=_("Ingenting flyttes."),
        done=_("Forslaget er avslått."),
        do=_decline,
        is_fitting=_is_open,
        form=forms.Form,
    ),
    Deed(
        kind="skill",
        permission=_PERMISSION,
        title=_("Skill pasientene igjen"),
        explanation=_("Det som ble flyttet, flyttes tilbake."),
        done=_("Pasientene er skilt."),
        do=_part,
        is_fitting=lambda merge: bool(merge.at) and merge.reversed_at is None,
        is_harmful=True,
    ),
)


@admin.register(PatientMerge)
class PatientMergeAdmin(DeedsAdmin):
    """Persons are shown by masked numbers, and by nothing else."""

    deeds = DEEDS
    fields = (
        "kept",
        "taken_in",
        "reason",
        "accepts_conflict",
        "proposed_at",
        "proposer",
        "at",
        "approver",
        "reports_moved",
        "declined_at",
        "reversed_at",
        "reverser",
        "reversed_reason",
    )
    readonly_fields = (
        "kept",
        "taken_in",
        "proposer",
        "approver",
        "reports_moved",
        "reverser",
    )
    list_display = ("proposed_at", "proposer", "at", "approver", "reversed_at")
    ordering = ("-proposed_at", "id")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request, _PERMISSION)

    @admin.display(description=_("beholdes"))
    def kept(self, merge: PatientMerge) -> str:
        return in_words(merging.known(merge.surviving_id))

    @admin.display(description=_("slås inn"))
    def taken_in(self, merge: PatientMerge) -> str:
        return in_words(merging.known(merge.merged_id))

    @admin.display(description=_("svar som ble flyttet"))
    def reports_moved(self, merge: PatientMerge) -> int:
        return len(merge.moved.get("reports", ()))

    @admin.display(description=_("foreslått av"))
    def proposer(self, merge: PatientMerge) -> str:
        return name_of(merge.by)

    @admin.display(description=_("utført av"))
    def approver(self, merge: PatientMerge) -> str:
        return name_of(merge.approved_by)

    @admin.display(description=_("opphevet av"))
    def reverser(self, merge: PatientMerge) -> str:
        return name_of(merge.reversed_by)

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """First the numbers, then the two persons and a reason."""
        if not may(request, _PERMISSION):
            raise PermissionDenied
        if request.method != "POST":
            return self._ask(request)
        if "surviving_id" in request.POST:
            return self._propose(request)
        return self._look_up(request)

    def _ask(self, request: HttpRequest, **shown: object) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Slå sammen to pasienter"),
            "form": NumbersForm(),
            **shown,
        }
        return TemplateResponse(
            request, "admin/results/patientmerge/propose.html", context
        )

    def _look_up(self, request: HttpRequest) -> HttpResponse:
        form = NumbersForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Skriv begge numrene."))
            return self._ask(request)
        try:
            surviving, merged = (
                merging.find_patient(
                    identity.parse(
                        form.cleaned_data[name],
                        allow_test_numbers=settings.ALLOW_TEST_NUMBERS,
                    )
                )
                for name in ("surviving", "merged")
            )
        except InvalidIdentityNumber:
            messages.error(request, _NOT_VALID)
            return self._ask(request)
        except Refused as refused:
            messages.error(request, str(refused))
            return self._ask(request)
        return self._confirm(request, surviving, merged)

    def _confirm(
        self, request: HttpRequest, surviving: Known, merged: Known
    ) -> HttpResponse:
        form = ProposeForm(
            initial={
                "surviving_id": surviving.patient_id,
                "merged_id": merged.patient_id,
            }
        )
        is_conflict = merging.have_conflict(surviving, merged)
        if not is_conflict:
            del form.fields["accepts_conflict"]
        return self._ask(
            request,
            form=form,
            surviving=in_words(surviving),
            merged=in_words(merged),
            is_conflict=is_conflict,
        )

    def _propose(self, request: HttpRequest) -> HttpResponse:
        form = ProposeForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Skriv hvorfor de to er samme person."))
            return self._ask(request)
        said = form.cleaned_data
        try:
            merge = merging.propose_merge(
                merging.known(said["surviving_id"]),
                merging.known(said["merged_id"]),
                accepts_conflict=said["accepts_conflict"],
                act=Act(actor(request), said["reason"]),
            )
        except Refused as refused:
            messages.error(request, str(refused))
            return self._ask(request)
        messages.success(
            request, _("Forslaget er lagret. En annen operatør må utføre det.")
        )
        return see(self._url("change", merge.pk))


def in_words(known: Known) -> str:
    """The numbers, masked, each with its kind, and how many reports there are."""
    numbers = ", ".join(f"{kind.value} {masked}" for kind, masked in known.numbers)
    count = _("svarrapporter: %(count)s") % {"count": known.reports}
    return f"{numbers or '–'} ({count})"
