"""A kind of site that is sent sales alone: rentals do not belong there, and say why."""

import pytest
from django.urls import reverse
from waffle.testutils import override_flag

from apps.listings.lookups import PropertyType
from apps.website.actions.publish import why_not_publish
from apps.website.belonging import belonging
from apps.website.models import Profile
from apps.website.profiles.shipped import bring_up_to_date
from tests.factories import SiteFactory
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.placed import ready_listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]
WHY = "Easy Property Listings is sent no rentals: it keeps them in another post type than sales."


@pytest.fixture
def site():
    bring_up_to_date(Profile)
    return SiteFactory(profile=Profile.objects.get(slug="easy-property-listings"), follows_filter=True)


@pytest.fixture
def rental(manager):
    return ready_listing(
        manager, property_type=PropertyType.RESIDENTIAL_LEASE, lease_amount_frequency="Annually", list_price=90000
    )


def test_a_rental_does_not_belong_to_a_site_that_is_sent_sales(site, rental, manager):
    sale = ready_listing(manager)
    assert list(belonging(site)) == [sale]
    assert why_not_publish(sale, site, manager) == []
    assert why_not_publish(rental, site, manager) == [WHY]


def test_the_panel_and_the_form_say_why(client, site, rental, manager, administrator):
    with override_flag("website", active=True):
        client.force_login(manager)
        assert WHY in client.get(reverse("website:panel", args=[rental.listing_id])).text
        client.force_login(administrator)
        assert WHY in client.get(reverse("website:edit", args=[site.pk])).text


def test_a_profile_for_lettings_alone_says_so_of_sales(site, manager):
    site.profile.spec = site.profile.spec | {"property_types": ["Residential Lease"]}
    said = why_not_publish(ready_listing(manager), site, manager)
    assert said == ["Easy Property Listings is sent no sales: it keeps them in another post type than rentals."]
