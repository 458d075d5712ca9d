"""Organisations, senders, code tables and the inbox; never a patient's data."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from results import codes
from results.kith import schemas
from results.models import (
    CodeList,
    Coding,
    Organization,
    ReceivedMessage,
    SourceSystem,
)


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


@admin.register(CodeList)
class CodeListAdmin(admin.ModelAdmin):
    """Which release of each list is loaded; changed by import_codes alone."""

    list_display = ("name", "version", "release_date", "imported_at", "file_name")
    search_fields = ("name", "system")
    ordering = ("name", "id")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: CodeList | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: CodeList | None = None
    ) -> bool:
        return False


@admin.register(Coding)
class CodingAdmin(admin.ModelAdmin):
    """What codes mean. Only our own words may be changed: the rest is the lists'."""

    fields = (
        "code",
        "display",
        "everyday_name",
        "keywords",
        "unit",
        "category",
        "heading",
        "component",
        "position",
        "valid_from",
        "valid_to",
        "replaced_by",
        "system",
    )
    readonly_fields = (*fields[:2], *fields[4:])
    list_display = ("code", "display", "unit", "category", "everyday_name", "valid_to")
    list_filter = ("system", "category")
    search_fields = ("code", "display", "everyday_name", "keywords")
    ordering = ("system", "code")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Coding | None = None
    ) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, obj: Coding, form: forms.ModelForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        codes.bump(obj.system)


@admin.register(ReceivedMessage)
class ReceivedMessageAdmin(admin.ModelAdmin):
    """What came in and what became of it; read-only, and without the content."""

    fields = (
        "id",
        "message_id",
        "sender",
        "source_system",
        "format",
        "outcome",
        "faults",
        "warnings",
        "schema_result",
        "received_at",
        "processed_at",
        "attempts",
        "deliveries",
        "content_size",
    )
    list_display = ("received_at", "sender", "format", "outcome", "message_id")
    list_filter = ("outcome", "format")
    list_select_related = ("sender",)
    search_fields = ("message_id",)
    ordering = ("-received_at", "id")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: ReceivedMessage | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: ReceivedMessage | None = None
    ) -> bool:
        return False
