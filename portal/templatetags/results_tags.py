"""What templates need besides plain values: icons, and the laboratory's own texts."""

from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from portal.presenting.markup import safe_markup

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An Aksel icon drawn in the page; it only repeats words that stand beside it."""
    return _icon(Path(settings.ICON_DIR), name) if name else SafeString("")


@register.simple_tag
def as_written(text: str, is_markup: bool = False) -> SafeString:
    """A laboratory's text: its formatting when it was sent so and is allowed."""
    return safe_markup(text) if is_markup else conditional_escape(text)


@lru_cache(maxsize=256)
def _icon(directory: Path, name: str) -> SafeString:
    if not name.isalnum():
        raise ValueError("An icon's name is letters and digits.")
    if not directory.is_dir():
        # Before `npm ci` the pages still work; every icon has words beside it.
        return SafeString("")
    drawing = (directory / f"{name}.svg").read_text().strip()
    hidden = '<svg class="icon" aria-hidden="true" focusable="false" '
    # The file is a pinned package's, never something that was sent to us.
    return mark_safe(drawing.replace("<svg ", hidden, 1))  # noqa: S308
