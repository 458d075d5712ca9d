"""One message: a file, a text, or one of the examples."""

import codecs
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.producers.examples import example_named
from portal.producers.uploads import LARGEST_MESSAGE

# Django holds all fields but files to a megabyte.
LONGEST_TEXT = 900_000
_DECLARED = re.compile(r"""<\?xml[^>]{1,200}?encoding\s*=\s*["']([\w.-]{1,40})["']""")


class _Unrepeated(forms.Textarea):
    """A field whose content is never sent back: it may hold a number."""

    def format_value(self, value: object) -> None:
        return None


class MessageForm(forms.Form):
    """`cleaned_data["content"]` is the message's bytes."""

    file = forms.FileField(
        label=_("Fil"),
        help_text=_("Svarrapport som XML, eller FHIR som JSON. Inntil 10 MB."),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"class": "ds-input"}),
    )
    text = forms.CharField(
        label=_("Eller lim inn meldingen"),
        help_text=_("Er den større enn 900 000 tegn, last den opp som fil."),
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        widget=_Unrepeated(
            attrs={
                "class": "ds-input as-sent",
                "rows": 10,
                "spellcheck": "false",
                "autocomplete": "off",
            }
        ),
        error_messages={"max_length": _("Teksten er for lang. Last den opp som fil.")},
    )
    example = forms.CharField(required=False, max_length=40)

    def clean(self) -> dict[str, Any]:
        """Exactly one message, and no more than 10 MB of it."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        content = _content(cleaned)
        if content is None:
            self.add_error("file", _("Velg en fil, eller lim inn en melding."))
        elif len(content) > LARGEST_MESSAGE:
            self.add_error("file", _("Meldingen er større enn 10 MB."))
        else:
            cleaned["content"] = content
        return cleaned


def _content(cleaned: dict[str, Any]) -> bytes | None:
    """The example that was chosen, else the file, else what was pasted."""
    if cleaned.get("example"):
        example = example_named(cleaned["example"])
        return example.content() if example else None
    if cleaned.get("file"):
        content: bytes = cleaned["file"].read()
        return content
    text = cleaned.get("text", "")
    return _encoded(text) if text.strip() else None


def _encoded(text: str) -> bytes:
    """In the encoding that the text says of itself, which a file would be in."""
    declared = _DECLARED.match(text.lstrip())
    try:
        name = codecs.lookup(declared[1]).name if declared else "utf-8"
        return text.encode(name)
    except (LookupError, UnicodeError):
        return text.encode(errors="replace")
