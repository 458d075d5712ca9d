"""Who is known, and who may send."""

from typing import Any

from django import forms
from django.contrib import admin

from results.kith import schemas
from results.models import Organization, SourceSystem


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin):
    """Who is known, who is confirmed, and whose personnel may look up."""

    list_display = (
        "name",
        "her_id",
        "organization_number",
        "is_confirmed",
        "is_approved",
    )
    list_filter = ("is_confirmed", "is_approved")
    search_fields = ("name", "her_id", "organization_number")
    ordering = ("name", "id")


class SourceSystemForm(forms.ModelForm):
    """A sender can be held to the schemas only where they are imported."""

    class Meta:
        model = SourceSystem
        fields = ("name", "client_id", "organization", "is_active", "is_strict")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("is_strict") and not schemas.are_installed():
            self.add_error(
                "is_strict",
                "XML-skjemaene er ikke installert. Kjør import_schemas først.",
            )
        return cleaned


@admin.register(SourceSystem)
class SourceSystemAdmin(admin.ModelAdmin):
    """The machine clients that may send."""

    form = SourceSystemForm
    list_display = ("name", "client_id", "organization", "is_active", "is_strict")
    list_filter = ("is_active", "is_strict")
    list_select_related = ("organization",)
    search_fields = ("name", "client_id")
    ordering = ("name", "id")
