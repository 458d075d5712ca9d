"""What every page needs: who is looking, where the entrances are, and in what mode."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from access.lookup import name_of_represented, sees_for_others
from access.operations import preferences_of
from access.roles import role_name
from access.terms import ANONYMOUS, Viewer, ViewerKind
from portal.languages import LANGUAGES, SOURCE
from portal.presenting.patients import spoken_name

# Where Django's session holds whether keys lead to pages.
SHORTCUTS_KEY = "shortcuts"


@dataclass(frozen=True, slots=True)
class Whom:
    """Whose answers a page is about. Who may not see for them is told no name."""

    name: str
    is_self: bool
    is_known: bool = True
    may_choose: bool = True


def page(request: HttpRequest) -> dict[str, object]:
    """Plain values only; also for error pages that came before there was a viewer."""
    viewer: Viewer = getattr(request, "viewer", ANONYMOUS)
    return {
        "viewer": viewer,
        "viewer_role": role_name(viewer.role_code) if viewer.role_code else "",
        "is_signed_in": viewer is not ANONYMOUS,
        "audience": getattr(request, "audience", ""),
        "whom": SimpleLazyObject(lambda: whom(request)),
        # These two are about the viewer alone, whomever the page is about.
        "whom_page": "/innbygger/hvem/",
        "own_page": "/innbygger/",
        "entrances": entrances(),
        "has_shortcuts": SimpleLazyObject(lambda: has_shortcuts(request)),
        "is_demonstration": settings.IS_DEMONSTRATION,
        "languages": tuple(LANGUAGES.values()),
        # What the reader chose; the page may be in another.
        "chosen_language": LANGUAGES[getattr(request, "LANGUAGE_CODE", SOURCE)],
        # Where the language form comes back to; an address that is none is not echoed.
        "page_path": request.path if request.resolver_match else "/",
    }


def whom(request: HttpRequest) -> Whom | None:
    """Whose answers a citizen's page is about; None elsewhere."""
    viewer: Viewer = getattr(request, "viewer", ANONYMOUS)
    if viewer.kind is not ViewerKind.CITIZEN:
        return None
    if viewer.represented_id is not None:
        name = name_of_represented(viewer)
        return Whom(spoken_name(name or ""), is_self=False, is_known=name is not None)
    return Whom(viewer.name, is_self=True, may_choose=sees_for_others(viewer))


def has_shortcuts(request: HttpRequest) -> bool:
    """Whether keys lead to pages: for personnel, unless switched off. Remembered with
    the session, so that it is read once."""
    viewer: Viewer = getattr(request, "viewer", ANONYMOUS)
    if viewer.kind is not ViewerKind.PRACTITIONER:
        return False
    if SHORTCUTS_KEY not in request.session:
        chosen = preferences_of(viewer.user_id)
        request.session[SHORTCUTS_KEY] = not chosen.without_shortcuts
    return bool(request.session[SHORTCUTS_KEY])


def entrances() -> dict[str, str]:
    """Absolute address of each audience: each has its own host, and its own session."""
    port = f":{settings.PORT}" if settings.PORT else ""
    return {
        audience: f"{settings.SCHEME}://{host}{port}/"
        for audience, host in settings.AUDIENCE_HOSTS.items()
    }
