"""What codes mean, and which lists say so."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from results import codes
from results.admin.acting import ReadOnlyAdmin
from results.models import CodeList, Coding


@admin.register(CodeList)
class CodeListAdmin(ReadOnlyAdmin):
    """Which release of each list is loaded; changed by import_codes alone."""

    list_display = ("name", "version", "release_date", "imported_at", "file_name")
    search_fields = ("name", "system")
    ordering = ("name", "id")


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
