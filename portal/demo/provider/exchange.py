"""One request and its answer; the little of HTTP that the provider needs."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode
from wsgiref.types import WSGIEnvironment

from django.template.loader import render_to_string

_LONGEST_FORM = 65_536
# There are no forms and no scripts, so the policy allows none.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class OAuthError(Exception):
    """A refusal in the words of RFC 6749 §5.2; the description is for developers."""

    def __init__(
        self,
        error: str,
        description: str,
        status: int = 400,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        self.status = status
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class Request:
    """`values` are the query's or the form's, each name once."""

    method: str
    path: str
    values: Mapping[str, str]
    proof: str = ""

    @classmethod
    def from_environ(cls, environ: WSGIEnvironment) -> "Request":
        """Raises OAuthError when a parameter is repeated (RFC 6749 §3.1)."""
        method = environ["REQUEST_METHOD"]
        text = _form(environ) if method == "POST" else environ.get("QUERY_STRING", "")
        return cls(
            method=method,
            path=environ.get("PATH_INFO", "/"),
            values=_once_each(text),
            proof=environ.get("HTTP_DPOP", ""),
        )


@dataclass(frozen=True, slots=True)
class Answer:
    body: bytes = b""
    status: int = 200
    content_type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)

    def all_headers(self) -> list[tuple[str, str]]:
        own = {
            "Content-Type": self.content_type,
            "Content-Length": str(len(self.body)),
        }
        return [*{**_HEADERS, **own, **self.headers}.items()]


def json_answer(
    content: Mapping[str, Any],
    status: int = 200,
    *,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    body = json.dumps(content).encode()
    return Answer(body, status, "application/json", headers or {})


def page(name: str, status: int = 200, **context: object) -> Answer:
    html = render_to_string(f"provider/{name}.html", context)
    return Answer(html.encode(), status, "text/html; charset=utf-8")


def redirect(address: str, values: Mapping[str, str]) -> Answer:
    location = f"{address}?{urlencode(values)}" if values else address
    return Answer(status=303, headers={"Location": location})


def _form(environ: WSGIEnvironment) -> str:
    declared = environ.get("CONTENT_LENGTH") or "0"
    length = int(declared) if declared.isdecimal() else 0
    if length > _LONGEST_FORM:
        raise OAuthError("invalid_request", "The form is too large.", 413)
    content: bytes = environ["wsgi.input"].read(length)
    return content.decode("utf-8", "replace")


def _once_each(text: str) -> dict[str, str]:
    pairs: Iterable[tuple[str, str]] = parse_qsl(text, keep_blank_values=True)
    values: dict[str, str] = {}
    for name, value in pairs:
        if name in values:
            raise OAuthError("invalid_request", "A parameter is repeated.")
        values[name] = value
    return values
