"""What calls for an operator, until one closes it and says why."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from results.admin.acting import Deed, DeedsAdmin, link_to_message, name_of
from results.models import Alarm
from results.operations.operator_actions import close_alarm

_CLOSE = Deed(
    kind="lukk",
    permission="handle_messages",
    title=_("Lukk alarmen"),
    explanation=_("Skjer det samme igjen, kommer det en ny alarm."),
    done=_("Alarmen er lukket."),
    do=lambda key, _said, act: close_alarm(key, act=act),
    is_fitting=lambda alarm: alarm.closed_at is None,
)


class OpenFilter(admin.SimpleListFilter):
    """Open ones, unless others are asked for."""

    title = _("tilstand")
    parameter_name = "tilstand"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, str]]:
        return [("lukket", str(_("Lukket"))), ("alle", str(_("Alle")))]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """What Django calls all is what stands open."""
        first, *rest = super().choices(changelist)
        yield {**first, "display": _("Åpne")}
        yield from rest

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Alarm]
    ) -> QuerySet[Alarm]:
        if self.value() == "alle":
            return queryset
        return queryset.filter(closed_at__isnull=self.value() != "lukket")


@admin.register(Alarm)
class AlarmAdmin(DeedsAdmin):
    """Open alarms first; each leads to its message."""

    deeds = (_CLOSE,)
    fields = (
        "kind",
        "text",
        "organization",
        "message_link",
        "raised_at",
        "last_raised_at",
        "count",
        "closed_at",
        "who_closed",
        "closed_reason",
    )
    readonly_fields = ("message_link", "who_closed")
    list_display = ("last_raised_at", "kind", "text", "organization", "count")
    list_filter = (OpenFilter, "kind")
    list_select_related = ("organization",)
    ordering = ("-last_raised_at", "id")

    @admin.display(description=_("melding"))
    def message_link(self, alarm: Alarm) -> str:
        return link_to_message(alarm.received_message_id)

    @admin.display(description=_("lukket av"))
    def who_closed(self, alarm: Alarm) -> str:
        return name_of(alarm.closed_by)
