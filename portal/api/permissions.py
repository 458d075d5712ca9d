"""Who may call: nobody, unless the view names a scope."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from access.authentication import REQUIRED_LEVEL
from portal.api.authentication import ClientToken

if TYPE_CHECKING:  # the framework imports this module before its own views
    from rest_framework.views import APIView


class Refuse(BasePermission):
    """The default: a view that names no permission answers nobody."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        return False


class InsufficientScope(PermissionDenied):
    """403 as RFC 6750 §3.1 has it; the answer names the scope that is missing."""

    default_code = "insufficient_scope"
    default_detail = _("Klienten har ikke fått det omfanget (scope) som kreves her.")

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.challenge = f'scope="{scope}"'


class InsufficientLogin(PermissionDenied):
    """403 as RFC 9470 §3 has it: nobody signed in behind the client, or too lightly."""

    default_code = "insufficient_user_authentication"
    default_detail = _("Kallet krever en person som er logget inn på nivå 4.")
    challenge = 'acr_values="Level4"'


def has_scope(scope: str) -> type[BasePermission]:
    """A permission for views: the client's token was given this scope."""

    class HasScope(BasePermission):
        def has_permission(self, request: Request, view: "APIView") -> bool:
            token = request.auth
            if isinstance(token, ClientToken) and scope not in token.scopes:
                raise InsufficientScope(scope)
            return isinstance(token, ClientToken)

    return HasScope


class OnBehalfOfAPerson(BasePermission):
    """There is a person behind the client, signed in at the level we demand."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        token = request.auth
        if not isinstance(token, ClientToken):
            return False
        if token.person is None or token.person.security_level < REQUIRED_LEVEL:
            raise InsufficientLogin
        return True
