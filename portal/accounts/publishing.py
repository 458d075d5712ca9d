"""What providers may read of us: our public keys."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from access.authentication import provider_of, public_key_of


@require_safe
def keys(request: HttpRequest, *, provider_key: str) -> JsonResponse:
    """The keys that vouch for us at this provider (RFC 7517 §5): the one we sign with
    and, while keys are changed, the next or the one before."""
    provider = provider_of(provider_key)
    pems = [pem for pem in (provider.client_key, provider.other_key) if pem]
    return JsonResponse(
        {"keys": [public_key_of(pem) for pem in pems]},
        content_type="application/jwk-set+json",
    )
