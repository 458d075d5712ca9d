"""Roles and what they may do; the access log is not editable here or anywhere."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db.models import ManyToManyField, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from access.admin import clients as clients
from access.admin import policies as policies
from access.admin import release_rules as release_rules
from access.admin import sensitive_kinds as sensitive_kinds
from access.models import RoleAssignment, RoleCapability, User, WatchRule

admin.site.site_header = _("Forvaltning av prøvesvar")
admin.site.site_title = _("Prøvesvar")
admin.site.index_title = _("Avsendere, meldinger, roller")


def no_passwords(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """There is nothing to change: people sign in through HelseID."""
    raise Http404


admin.site.password_change = no_passwords  # type: ignore[assignment,method-assign]
admin.site.password_change_done = no_passwords  # type: ignore[assignment,method-assign]
# Nobody gets rights by group: roles are dated rows, and administrators are named.
admin.site.unregister(Group)


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(admin.ModelAdmin):
    """Who acts in which role for which organisation."""

    list_display = (
        "hpr_number",
        "role_code",
        "organization",
        "valid_from",
        "valid_to",
    )
    list_filter = ("role_code",)
    list_select_related = ("organization",)
    search_fields = ("hpr_number",)
    ordering = ("hpr_number", "id")


@admin.register(RoleCapability)
class RoleCapabilityAdmin(admin.ModelAdmin):
    """What the national policy lets a role do, by date and with its source."""

    list_display = (
        "role_code",
        "category",
        "may_open",
        "may_use_emergency",
        "may_elevate",
        "may_set_restrictions",
        "only_in_emergency",
        "valid_from",
        "valid_to",
    )
    ordering = ("role_code", "valid_from")


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Who has signed in, and who administers; identity comes from the provider."""

    fields = (
        "name",
        "hpr_number",
        "is_active",
        "is_staff",
        "is_help_desk",
        "is_superuser",
        "user_permissions",
    )
    readonly_fields = ("name", "hpr_number")
    list_display = ("name", "hpr_number", "is_active", "is_staff")
    search_fields = ("name", "hpr_number")
    ordering = ("name", "id")
    filter_horizontal = ("user_permissions",)

    def formfield_for_manytomany(
        self,
        db_field: ManyToManyField,
        request: HttpRequest,
        **kwargs: Any,  # noqa: ANN401 - Django's own shape
    ) -> Any:  # noqa: ANN401
        """Operators may be let do some of it: what the inbox and the rules ask for."""
        kwargs["queryset"] = Permission.objects.filter(
            Q(content_type__app_label="results") | Q(content_type__model="policy")
        ).exclude(codename__startswith="delete_")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Users come to be by signing in."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        """The log names them; switch them off instead."""
        return False


@admin.register(WatchRule)
class WatchRuleAdmin(admin.ModelAdmin):
    """Which looks become cases. Rules are switched off, not deleted: the program knows
    what each kind means."""

    list_display = ("kind", "is_active", "threshold", "factor", "days")
    readonly_fields = ("kind",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: WatchRule | None = None
    ) -> bool:
        return False
