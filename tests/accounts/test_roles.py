"""Who may do what: the table of product.md, cell by cell."""

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.accounts.roles import GRANTS, Role
from tests.factories import UserFactory

A, M, K, V = Role.AGENT, Role.MANAGER, Role.MARKETING, Role.VIEWER
EXPECTED = {
    "listings.view_listing": {A, M, K, V},
    "listings.add_listing": {A, M},
    "listings.change_any_listing": {M},
    "listings.edit_listing_text": {A, M, K},
    "listings.manage_photos": {A, M, K},
    "listings.assign_listing": {M},
    "listings.export_listing": {M},
    "listings.view_commission": {A, M},
    "listings.view_any_owner": {M},
    "accounts.manage_people": set(),
    "accounts.change_agency": set(),
    "accounts.switch_flags": set(),
    "imports.run_import": set(),
}


@pytest.mark.parametrize("role", [A, M, K, V])
@pytest.mark.parametrize("permission", EXPECTED)
def test_a_role_holds_what_the_table_grants(role, permission):
    person = User(role=role, is_active=True)
    assert person.has_perm(permission) is (role in EXPECTED[permission])


@pytest.mark.parametrize("permission", sorted(GRANTS))
def test_an_administrator_holds_every_permission(permission):
    assert User(role=Role.ADMINISTRATOR).has_perm(permission)


@pytest.mark.parametrize("permission", sorted(GRANTS))
def test_a_deactivated_person_holds_none(permission):
    assert not User(role=Role.ADMINISTRATOR, is_active=False).has_perm(permission)


def test_a_viewer_writes_nothing():
    held = {permission for permission in GRANTS if User(role=V).has_perm(permission)}
    assert held == {"listings.view_listing"}


def test_nobody_can_be_made_a_superuser(db):
    with pytest.raises(IntegrityError, match="user_rights_by_role_only"), transaction.atomic():
        UserFactory(is_superuser=True)
