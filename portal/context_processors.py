"""What every page needs: who is looking, where the entrances are, and in what mode."""

from django.conf import settings
from django.http import HttpRequest

from access.roles import role_name
from access.terms import ANONYMOUS, Viewer
from portal.languages import LANGUAGES, SOURCE


def page(request: HttpRequest) -> dict[str, object]:
    """Plain values only; also for error pages that came before there was a viewer."""
    viewer: Viewer = getattr(request, "viewer", ANONYMOUS)
    return {
        "viewer": viewer,
        "viewer_role": role_name(viewer.role_code) if viewer.role_code else "",
        "is_signed_in": viewer is not ANONYMOUS,
        "audience": getattr(request, "audience", ""),
        "entrances": entrances(),
        "is_demonstration": settings.IS_DEMONSTRATION,
        "languages": tuple(LANGUAGES.values()),
        # What the reader chose; the page may be in another.
        "chosen_language": LANGUAGES[getattr(request, "LANGUAGE_CODE", SOURCE)],
        # Where the language form comes back to; an address that is none is not echoed.
        "page_path": request.path if request.resolver_match else "/",
    }


def entrances() -> dict[str, str]:
    """Absolute address of each audience: each has its own host, and its own session."""
    port = f":{settings.PORT}" if settings.PORT else ""
    return {
        audience: f"{settings.SCHEME}://{host}{port}/"
        for audience, host in settings.AUDIENCE_HOSTS.items()
    }
