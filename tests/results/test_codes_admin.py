"""Administrators see which lists are loaded, and change our own words alone."""

import pytest
from django.contrib import admin
from django.forms import modelform_factory

from access.models import User
from results import codes
from results.models import CodeList, Coding

pytestmark = pytest.mark.django_db
LISTS = admin.site._registry[CodeList]
CODES = admin.site._registry[Coding]


def test_a_list_is_only_looked_at(rf):
    request = rf.get("/")

    assert not LISTS.has_add_permission(request)
    assert not LISTS.has_change_permission(request)
    assert not LISTS.has_delete_permission(request)


def test_no_code_is_made_or_deleted_by_hand(rf):
    assert not CODES.has_add_permission(rf.get("/"))
    assert not CODES.has_delete_permission(rf.get("/"))


def test_only_our_own_words_may_be_changed(rf):
    request = rf.get("/")
    request.user = User(is_staff=True, is_superuser=True)

    assert set(CODES.get_form(request).base_fields) == {"everyday_name", "keywords"}


def test_a_changed_word_reaches_every_process(rf):
    codes.load_seed()
    assert codes.find("NOR05172", "7280").everyday_name == "Blodprosent"
    row = Coding.objects.get(code="NOR05172")
    row.everyday_name = "Hemoglobin i blodet"
    form = modelform_factory(Coding, fields=["everyday_name"])(instance=row)

    CODES.save_model(rf.post("/"), row, form, change=True)

    assert codes.refresh()
    assert codes.find("NOR05172", "7280").everyday_name == "Hemoglobin i blodet"
