"""The next round is prepared while the site works on the present one, and given back where it is not to be done."""

import pytest
from django.utils import timezone

from apps.website.claims import claim
from apps.website.delivery.ahead import Ahead
from apps.website.models import Placement, Site
from tests.factories import ListingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(site):
    return [
        Placement.objects.create(site=site, listing=ListingFactory(), due_at=timezone.now(), is_up=number < 4)
        for number in range(8)
    ]


def ahead_of(site, **options) -> Ahead:
    return Ahead(site, **({"only": None, "until": None, "force": False} | options))


def claimed() -> int:
    return Placement.objects.filter(claimed_until__isnull=False).count()


def test_so_many_new_ones_are_claimed_and_no_more(site, rows):
    assert claim(site, 100, new=2) == [row.pk for row in rows[:6]]
    assert claim(site, 100, new=2) == [row.pk for row in rows[6:]]


def test_what_is_under_way_is_claimed_by_no_other_round(site, rows):
    claim(site, 100)
    Placement.objects.update(due_at=timezone.now())  # saved meanwhile
    assert claim(site, 100) == []


def test_what_was_prepared_comes_next(site, rows):
    ahead = ahead_of(site, only=[rows[0].pk])
    ahead.prepare()
    prepared = ahead.keys
    assert prepared == [rows[0].pk]
    assert [plan.placement.pk for plan in ahead.take()] == prepared
    assert ahead.take() == []


@pytest.mark.parametrize("why", ["other settings", "time is over"])
def test_what_was_prepared_is_given_back(site, rows, why):
    ahead = ahead_of(site, until=timezone.now() if why == "time is over" else None)
    ahead.prepare()
    assert claimed() == 8
    if why == "other settings":
        Site.objects.filter(pk=site.pk).update(photo_limit=3)
    assert ahead.take() == []
    assert claimed() == 0 and Placement.objects.filter(due_at__isnull=False).count() == 8
    assert ahead.is_changed == (why == "other settings")


def test_after_a_quick_round_the_next_is_larger(site):
    ahead = ahead_of(site)
    for _ in range(9):
        ahead.went(is_quick=True)
    assert (ahead.size, ahead.new) == (200, 200)
    ahead.went(is_quick=False)
    assert (ahead.size, ahead.new) == (100, 25)
