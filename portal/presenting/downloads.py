"""Documents, handed over as files and never shown in a page."""

from django.http import HttpResponse

from access.lookup import Attachment

_PDF = b"%PDF-"
_ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/tiff": "tif",
    "text/plain": "txt",
}


def as_download(attachment: Attachment) -> HttpResponse:
    """As an attachment, sandboxed, and called PDF only when it begins as one: what
    could be read as a page is not. The name is ours; the sender's may name people."""
    is_pdf = attachment.content.startswith(_PDF)
    kind = "application/pdf" if is_pdf else "application/octet-stream"
    ending = "pdf" if is_pdf else _ENDINGS.get(attachment.media_type, "bin")
    name = f"vedlegg-{attachment.position}.{ending}"
    return as_file(attachment.content, kind, name=name)


def as_file(content: bytes, kind: str, *, name: str) -> HttpResponse:
    """The bytes as a file to keep; `name` names nobody."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
