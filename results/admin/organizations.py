"""Who is known, and who may send."""

from typing import Any

from django import forms
from django.contrib import admin

from results.ingestion.outbox.delivery import is_safe
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


class _Address(forms.URLField):
    """Without a scheme it is https."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(assume_scheme="https", **kwargs)


class SourceSystemForm(forms.ModelForm):
    """A sender can be held to the schemas only where they are imported."""

    class Meta:
        model = SourceSystem
        fields = (
            "name",
            "client_id",
            "organization",
            "is_active",
            "is_strict",
            "apprec_url",
        )
        field_classes = {"apprec_url": _Address}

    def clean_apprec_url(self) -> str:
        address: str = self.cleaned_data["apprec_url"]
        if address and not is_safe(address):
            raise forms.ValidationError("Kvitteringer sendes bare over https.")
        return address

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
