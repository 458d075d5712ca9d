"""Fields of forms that several audiences fill in."""

from django import forms


def digits_input(**more: object) -> forms.TextInput:
    """For a number that names somebody: a phone shows digits, and no browser keeps it
    unless `more` says another."""
    return forms.TextInput(
        attrs={
            "class": "ds-input digits",
            "inputmode": "numeric",
            "autocomplete": "off",
            **more,
        }
    )
