"""What administrators may set, and what they never see."""

import pytest
from django.contrib import admin

from results.admin import SourceSystemForm
from results.kith import schemas
from results.models import ReceivedMessage
from results.operations import register_organization


def a_strict_sender() -> SourceSystemForm:
    organization = register_organization(name="Nordlab", her_id="900004")
    return SourceSystemForm(
        {
            "name": "Nordlab",
            "client_id": "nordlab-send",
            "organization": organization.pk,
            "is_active": True,
            "is_strict": True,
        }
    )


@pytest.mark.django_db
def test_nobody_is_held_to_schemas_that_are_not_there(settings, tmp_path):
    settings.SCHEMA_DIR = tmp_path

    assert "ikke installert" in str(a_strict_sender().errors["is_strict"])


@pytest.mark.django_db
def test_a_sender_may_be_held_to_schemas_that_are(monkeypatch):
    monkeypatch.setattr(schemas, "are_installed", lambda: True)

    assert a_strict_sender().is_valid()


def test_received_messages_are_shown_without_content_and_never_changed(rf):
    page = admin.site._registry[ReceivedMessage]
    request = rf.get("/")

    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)
    assert not page.has_delete_permission(request)
    shown = {*page.fields, *page.list_display, *page.search_fields}
    assert not {f for f in shown if "encrypted" in f or "version" in f}
