"""Which language a page is in: the reader's, where it is all there, else bokmål."""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from portal.languages import LANGUAGES, SOURCE, scope_of


class LanguageMiddleware(LocaleMiddleware):
    """Chosen in the menu; a browser's own wish decides between forms of Norwegian
    alone, for many read Norwegian in an English browser. A page that the language does
    not cover is in bokmål as a whole: never two languages among each other."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in LANGUAGES else _wished_by_browser(request)
        translation.activate(code)
        request.LANGUAGE_CODE = code

    def process_view(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> None:
        match = request.resolver_match
        scope = scope_of(match.view_name if match else "")
        if not LANGUAGES[request.LANGUAGE_CODE or SOURCE].covers(scope):
            translation.activate(SOURCE)


def _wished_by_browser(request: HttpRequest) -> str:
    wished = translation.get_language_from_request(request)
    known = LANGUAGES.get(wished)
    return wished if known and known.by_browser else SOURCE
