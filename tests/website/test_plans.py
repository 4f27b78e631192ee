"""What a delivery plans from is loaded by few statements, and goes as soon as nobody uses it."""

import gc
import weakref

import pytest

from apps.website.delivery.plan import plans_for
from apps.website.delivery.together import write_together
from apps.website.models import Placement
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.placed import put, ready_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]


@pytest.fixture
def row(fake, site, agent):
    return put(ready_listing(agent), site, agent)


def test_plans_are_gone_without_a_search_for_garbage(row, site):
    plans_for(site, [row.pk])
    gc.disable()
    try:
        [plan] = plans_for(site, [row.pk])
        left = [weakref.ref(one) for one in (plan.placement, plan.placement.listing, plan.payload)]
        del plan
        assert [one() for one in left] == [None, None, None]
    finally:
        gc.enable()


def test_of_what_was_read_only_what_is_new_is_written(row):
    Placement.objects.filter(pk=row.pk).update(last_read={"title": "Theirs", "slug": "a", "meta.crm_price": 1})
    row.last_read = {"title": "Ours", "slug": "a", "meta.crm_price": 1}
    write_together({row: {"last_read": {"title": "Ours", "slug": "b", "meta.crm_price": 2, "status": "publish"}}})
    assert row.last_read == {"title": "Ours", "slug": "b", "meta.crm_price": 2, "status": "publish"}
    row.refresh_from_db()
    assert row.last_read == {"title": "Theirs", "slug": "b", "meta.crm_price": 2, "status": "publish"}
