"""What operators and purges have done: read, never changed."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from results.admin.acting import ReadOnlyAdmin, link_to_message, name_of
from results.models import OperatorAction, PurgeRecord


@admin.register(OperatorAction)
class OperatorActionAdmin(ReadOnlyAdmin):
    """Who did what, and why."""

    fields = ("at", "kind", "who", "reason", "organization", "message_link", "details")
    readonly_fields = ("who", "message_link")
    list_display = ("at", "kind", "who", "reason", "organization")
    list_filter = ("kind",)
    list_select_related = ("organization",)
    ordering = ("-at", "id")

    @admin.display(description=_("hvem"))
    def who(self, action: OperatorAction) -> str:
        return name_of(action.by)

    @admin.display(description=_("melding"))
    def message_link(self, action: OperatorAction) -> str:
        return link_to_message(action.received_message_id)


@admin.register(PurgeRecord)
class PurgeRecordAdmin(ReadOnlyAdmin):
    """The proof of what was erased."""

    list_display = ("at", "kind", "removed", "remaining", "oldest_at", "newest_at")
    list_filter = ("kind",)
    ordering = ("-at", "id")
