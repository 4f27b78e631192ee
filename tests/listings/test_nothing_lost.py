"""Fifty people who edit one listing at once: what was answered with success is in the history, nothing is overwritten
unseen."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import pairwise
from threading import BoundedSemaphore

import pytest
from django.apps import apps
from django.core import signing
from django.db import connections
from django.test import Client

from apps.accounts.models import Agency
from apps.accounts.roles import Role
from apps.core.editing import canonical
from apps.listings.actions.editing import UNIT_FIELDS
from apps.listings.forms.edit import SALT
from apps.listings.models import Listing, Unit
from tests.factories import ListingFactory, UserFactory
from tests.listings.editors import Editor

ListingHistory = apps.get_model("listings", "ListingHistory")
UnitHistory = apps.get_model("listings", "UnitHistory")
EDITORS, EDITS_EACH = 50, 10
DAY = date(2027, 1, 1)
# Field → the value that one person types in one turn; no value is typed twice.
FIELDS = {
    "title": "Title {}".format,
    "public_remarks": "Text {}".format,
    "private_remarks": "Remark {}".format,
    "showing_instructions": "Hook {}".format,
    "view": "View {}".format,
    "unparsed_address": "Street {}".format,
    "postal_code": "P {}".format,
    "unit_number": "U{}".format,
    "living_area": lambda serial: str(1000 + serial),
    "association_fee": lambda serial: str(20000 + serial),
    "list_price": lambda serial: str(2450001 + serial),
    "availability_date": lambda serial: (DAY + timedelta(days=serial)).isoformat(),
}
SERVERS = 12  # answers at a time; the fifty pages stay open meanwhile


@pytest.mark.django_db(transaction=True)
def test_500_edits_by_50_people_lose_nothing(monkeypatch):
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)  # half of the time
    Agency.objects.update(requires_mfa=False)
    listing = ListingFactory(listing_id="MG-2304")
    at_work = BoundedSemaphore(SERVERS)
    people = [UserFactory(role=Role.MANAGER) for _ in range(EDITORS)]
    clients = [Client() for _ in people]
    for client, person in zip(clients, people, strict=True):
        client.force_login(person)
    with ThreadPoolExecutor(EDITORS) as pool:
        saved = list(pool.map(lambda number: edits_of(number, clients[number], at_work), range(EDITORS)))
    edits = {(field, value): seen for one in saved for field, value, seen in one}
    replaced = replacements(listing)
    lost = [edit for edit in edits if edit not in replaced]
    overwritten_unseen = [edit for edit, seen in edits.items() if replaced.get(edit) != seen]
    assert (len(edits), lost, overwritten_unseen) == (EDITORS * EDITS_EACH, [], [])


def edits_of(number, client, at_work) -> list[tuple[str, str, str]]:
    """Ten edits by one person, each answered with success: (field, new value, value that this person saw before)."""
    chance, done = random.Random(number), []
    try:
        for turn in range(EDITS_EACH):
            field = chance.choice(sorted(FIELDS))
            value = FIELDS[field](number * EDITS_EACH + turn)
            with at_work:
                editor = Editor(client, "MG-2304").open()
            with at_work:
                answer = editor.save(**{field: value})
                while answer.status_code == 409:
                    answer = editor.resend(answer, **{f"keep_{field}": "mine"})
            assert answer.status_code == 302, answer.content.decode()[:2000]
            done.append((field, value, seen(editor, field)))
    finally:
        connections.close_all()
    return done


def seen(editor, field) -> str:
    """The value of the field that the page showed when the form that was taken was opened."""
    return signing.loads(editor.typed["opened"], salt=SALT)["values"][field]


def replacements(listing) -> dict[tuple[str, str], str]:
    """From the history that database triggers kept: (field, new value) → the value that it replaced."""
    replaced = {}
    for row, history, fields in (
        (Listing.objects.get(pk=listing.pk), ListingHistory, FIELDS.keys() - UNIT_FIELDS),
        (Unit.objects.get(pk=listing.unit_id), UnitHistory, FIELDS.keys() & UNIT_FIELDS),
    ):
        states = [*history.objects.filter(pgh_obj_id=row.pk).order_by("pgh_id"), row]
        for before, after in pairwise(states):
            for field in fields:
                old, new = canonical(getattr(before, field)), canonical(getattr(after, field))
                if old != new:
                    replaced[field, new] = old
    return replaced
