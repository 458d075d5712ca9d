"""The inbox: what waits for an operator, what stands around it, and what it says."""

import uuid
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from results.admin.acting import DeedsAdmin, ReasonForm, actor, may, name_of, see
from results.admin.bulk import PROPOSALS
from results.admin.message_deeds import DEEDS
from results.ingestion.surroundings import rivals_of, siblings_of
from results.ingestion.viewing import open_content
from results.models import Alarm, ReceivedMessage
from results.operations.operator_actions import Act, Refused
from results.vocabulary import MessageOutcome

_WAITING_FOR_OPERATOR = (
    MessageOutcome.QUARANTINED,
    MessageOutcome.REJECTED,
    MessageOutcome.UNREADABLE,
)
# As the address says it: what did not get through.
_STUCK = "stoppet"


class StuckFilter(admin.SimpleListFilter):
    """What did not get through, together."""

    title = _("stoppet")
    parameter_name = "utvalg"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, str]]:
        return [(_STUCK, str(_("I karantene, avvist eller uleselig")))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[ReceivedMessage]
    ) -> QuerySet[ReceivedMessage]:
        if self.value() == _STUCK:
            return queryset.filter(outcome__in=_WAITING_FOR_OPERATOR)
        return queryset


@admin.register(ReceivedMessage)
class ReceivedMessageAdmin(DeedsAdmin):
    """What came in and what became of it; the content only for a reason."""

    change_form_template = "admin/results/receivedmessage/change_form.html"
    deeds = DEEDS
    actions = PROPOSALS
    fields = (
        "id",
        "message_id",
        "sender",
        "source_system",
        "format",
        "outcome",
        "withheld_reason",
        "faults",
        "warnings",
        "schema_result",
        "received_at",
        "processed_at",
        "attempts",
        "deliveries",
        "content_size",
        "purged_at",
    )
    list_display = (
        "received_at",
        "sender",
        "format",
        "outcome",
        "why",
        "age",
        "attempts",
        "open_alarms",
        "message_id",
    )
    list_filter = (
        StuckFilter,
        "outcome",
        "format",
        ("sender", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("sender",)
    search_fields = ("message_id",)
    ordering = ("-received_at", "id")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReceivedMessage]:
        """Without the content, and alarms counted for the rows that are shown alone."""
        alarms = Alarm.objects.filter(received_message=OuterRef("pk"), closed_at=None)
        counted = alarms.values("received_message").annotate(count=Count("pk"))
        rows = super().get_queryset(request).defer("content_encrypted")
        with_alarms: QuerySet[ReceivedMessage] = rows.annotate(
            alarm_count=Coalesce(Subquery(counted.values("count")), 0)
        )
        return with_alarms

    def has_handle_permission(self, request: HttpRequest) -> bool:
        return may(request, "handle_messages")

    @admin.display(description=_("årsak"))
    def why(self, received: ReceivedMessage) -> str:
        said = [fault.get("text", "") for fault in received.faults]
        said += [received.get_withheld_reason_display(), *received.warnings]
        return next(filter(None, said), "–")

    @admin.display(description=_("alder"), ordering="-received_at")
    def age(self, received: ReceivedMessage) -> str:
        return timesince(received.received_at)

    @admin.display(description=_("åpne alarmer"), ordering="alarm_count")
    def open_alarms(self, received: ReceivedMessage) -> int:
        return getattr(received, "alarm_count", 0)

    def get_urls(self) -> list[URLPattern]:
        reading = path(
            "<uuid:key>/innhold/",
            self.admin_site.admin_view(require_POST(self.show_content)),
            name="results_receivedmessage_content",
        )
        return [reading, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        received = self.get_object(request, object_id)
        context = _surroundings(received) if received is not None else {}
        if received is not None and may(request, "read_content"):
            context["reading"] = ReasonForm(auto_id="innhold_%s")
            context["reading_url"] = self._url("content", received.pk)
        context.update(extra_context or {})
        return super().change_view(request, object_id, form_url, context)

    def show_content(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        """The message, once, for the reason given; each look is written down."""
        if not may(request, "read_content"):
            raise PermissionDenied
        form = ReasonForm(request.POST)
        back = self._url("change", key)
        if not form.is_valid():
            messages.error(request, _("Skriv hvorfor du vil se innholdet."))
            return see(back)
        try:
            act = Act(actor(request), form.cleaned_data["reason"])
            shown = open_content(key, act=act)
        except Refused as refused:
            messages.error(request, str(refused))
            return see(back)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Meldingens innhold"),
            "shown": shown,
            "back": back,
        }
        return TemplateResponse(
            request, "admin/results/receivedmessage/content.html", context
        )


def _surroundings(received: ReceivedMessage) -> dict[str, Any]:
    return {
        "siblings": siblings_of(received),
        "rivals": rivals_of(received),
        "alarms": received.alarms.order_by("-last_raised_at"),
        "acts": [
            (action, name_of(action.by)) for action in received.actions.order_by("at")
        ],
    }
