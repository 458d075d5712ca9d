"""Machine clients that open patients or ask for statistics, and whom they serve."""

from django.contrib import admin

from access.models import ClientSystem


@admin.register(ClientSystem)
class ClientSystemAdmin(admin.ModelAdmin):
    """EHR systems and statistics clients; one switched off is as one not known."""

    fields = ("name", "client_id", "kind", "organizations", "is_active")
    list_display = ("name", "client_id", "kind", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("name", "client_id")
    autocomplete_fields = ("organizations",)
    ordering = ("name", "id")
