"""Adopting a real WordPress that was kept by hand: what is linked, what is offered, and that nothing there changes."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from apps.core.encryption import encrypt
from apps.website.actions.deliver import deliver
from apps.website.actions.reconcile import reconcile
from apps.website.adopting.words import Confidence, Decision
from apps.website.models import FoundPost, Placement, Profile, Site
from apps.website.profiles.shipped import bring_up_to_date
from apps.website.states import State
from apps.website.sweep import sweep
from tests.factories import SiteFactory
from tests.website.adopting.kept_by_hand import CLEAR, clear_posts, everything_on, make, unclear_posts

pytestmark = pytest.mark.django_db


@pytest.fixture
def site_of(wordpress, settings):
    settings.WEBSITE_ALLOW_LOCAL = True
    bring_up_to_date(Profile)
    user = wordpress.users["editor"]

    def make_site(profile):
        return SiteFactory(
            name="By hand",
            url=wordpress.url,
            username=user.login,
            password=encrypt(user.password),
            profile=Profile.objects.get(slug=profile),
            follows_filter=True,
        )

    return make_site


@pytest.mark.parametrize(("profile", "post_type"), [("companion", "crm_property"), ("posts", "post")])
def test_of_a_hundred_posts_eighty_are_linked_and_none_is_touched(wordpress, site_of, agent, profile, post_type):
    clear = clear_posts(agent, with_fields=profile == "companion")
    posts = [*clear, *unclear_posts(clear, agent)]
    numbers = make(wordpress, posts, post_type)
    if profile == "posts":
        wordpress.sql("DELETE FROM wp_posts WHERE post_title = 'Hello world!'")
    site, before = site_of(profile), everything_on(wordpress)

    said = StringIO()
    call_command("website", "adopt", "--site", site.name, "--link", stdout=said)
    linked = dict(Placement.objects.filter(site=site, state=State.LINKED).values_list("post_id", "listing_id"))
    right = {number: post.listing.pk for number, post in zip(numbers, posts, strict=True) if post.listing}
    assert linked == right, said.getvalue()
    found = FoundPost.objects.filter(site=site)
    assert Counter(found.values_list("decision", flat=True)) == {Decision.LINKED: CLEAR, Decision.OPEN: 20}
    assert not found.filter(decision=Decision.OPEN, confidence=Confidence.SURE).exists()
    assert "80 linked; to decide:" in said.getvalue()

    # Whatever else runs in the meantime, nothing is sent: not over what is linked, nor a second time what may be there.
    Site.objects.filter(pk=site.pk).update(language="ar")
    sweep(by=agent, is_thorough=True)
    listings = [post.listing.pk for post in clear]
    Placement.objects.filter(listing__in=listings).update(due_at=timezone.now())
    assert (
        deliver(
            site, by=agent, only=list(Placement.objects.filter(listing__in=listings).values_list("pk", flat=True))
        ).total
        == 0
    )
    reconcile(site, by=agent)
    assert everything_on(wordpress) == before
