"""Who may call: nobody, unless the view names a scope."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from portal.api.authentication import ClientToken

if TYPE_CHECKING:  # the framework imports this module before its own views
    from rest_framework.views import APIView


class Refuse(BasePermission):
    """The default: a view that names no permission answers nobody."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        return False


def has_scope(scope: str) -> type[BasePermission]:
    """A permission for views: the client's token was given this scope."""

    class HasScope(BasePermission):
        code = "insufficient_scope"
        message = _("Klienten har ikke fått det omfanget (scope) som kreves her.")

        def has_permission(self, request: Request, view: "APIView") -> bool:
            token = request.auth
            return isinstance(token, ClientToken) and scope in token.scopes

    return HasScope
