"""Many edits by hand on a real site between two deliveries: each is shown as a difference, none is overwritten.

Small here; as many as you like by CRM_HAND_EDITS.
"""

import json
import os

import pytest
from django.utils import timezone

from apps.core.encryption import encrypt
from apps.listings.models import Listing
from apps.website.actions.differences import differences
from apps.website.actions.publish import publish
from apps.website.actions.reconcile import reconcile
from apps.website.models import Placement, Profile
from apps.website.profiles.shipped import bring_up_to_date
from apps.website.states import State
from tests.factories import SiteFactory
from tests.listings.conftest import own_media  # noqa: F401 - a fixture
from tests.website.placed import deliver_all, many_ready

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]
EDITS = int(os.environ.get("CRM_HAND_EDITS", "12"))
# What a hand does: the field of the site, the value it gets (%d: which listing), how WordPress is told.
HANDS = [
    ("title", "Best flat number %d", "wp_update_post(['ID' => $id, 'post_title' => $value]);"),
    ("content", "<p>Written by hand, %d.</p>", "wp_update_post(['ID' => $id, 'post_content' => $value]);"),
    ("meta.crm_price", "77%d", "update_post_meta($id, 'crm_price', $value);"),
    ("meta.crm_bedrooms", "1%d", "update_post_meta($id, 'crm_bedrooms', $value);"),
    ("status", "draft", "wp_update_post(['ID' => $id, 'post_status' => $value]);"),
    ("slug", "by-hand-%d", "wp_update_post(['ID' => $id, 'post_name' => $value]);"),
]
DO = """
foreach (json_decode('%s') as list($id, $hand, $value)) {
    switch ($hand) { %s }
}
return true;
"""


@pytest.fixture
def site(wordpress, settings):
    settings.WEBSITE_ALLOW_LOCAL = True
    bring_up_to_date(Profile)
    user = wordpress.users["editor"]
    profile = Profile.objects.get(slug="companion")
    return SiteFactory(url=wordpress.url, username=user.login, password=encrypt(user.password), profile=profile)


@pytest.fixture
def placements(site, agent):
    """All live."""
    for listing in many_ready(agent, EDITS):
        publish(listing, site, by=agent)
    deliver_all(site, agent)
    rows = list(Placement.objects.order_by("pk"))
    assert {row.state for row in rows} == {State.LIVE}
    return rows


def edit_by_hand(wordpress, placements) -> dict[int, tuple[str, str]]:
    """One edit of each post; post → field and its value."""
    made = {}
    for number, row in enumerate(placements):
        path, value, _ = HANDS[number % len(HANDS)]
        made[row.post_id] = (path, value % number if "%" in value else value)
    rows = [[post, path, value] for post, (path, value) in made.items()]
    cases = " ".join(f"case '{path}': {php} break;" for path, _, php in HANDS)
    assert wordpress.php(DO % (json.dumps(rows), cases))
    return made


def shown_on(wordpress) -> dict[int, dict[str, str]]:
    """What the posts say, as the database has it."""
    found = {}
    posts = "SELECT ID, post_title, post_content, post_status, post_name FROM wp_posts WHERE post_type = 'crm_property'"
    for post, title, content, status, slug in wordpress.sql(posts):
        found[int(post)] = {"title": title, "content": content, "status": status, "slug": slug}
    meta = "SELECT post_id, meta_key, meta_value FROM wp_postmeta WHERE meta_key IN ('crm_price', 'crm_bedrooms')"
    for post, key, value in wordpress.sql(meta):
        found[int(post)][f"meta.{key}"] = value
    return found


def check(wordpress, made):
    rows = list(Placement.objects.select_related("listing__unit__place", "listing__list_agent", "site__profile"))
    assert {row.post_id: row.state for row in rows} == dict.fromkeys(made, State.CHANGED)
    shown = {row.post_id: [(one["path"], str(one["theirs"])) for one in differences(row)] for row in rows}
    assert shown == {post: [edit] for post, edit in made.items()}
    there = shown_on(wordpress)
    assert {post: there[post][path] for post, (path, _) in made.items()} == {
        post: edit[1] for post, edit in made.items()
    }
    assert all("by hand" in row.trouble and row.shown.key == "changed" for row in rows)


def test_each_edit_by_hand_is_shown_and_none_is_overwritten(wordpress, site, placements, agent):
    made = edit_by_hand(wordpress, placements)
    reconcile(site, by=agent)
    deliver_all(site, agent)
    check(wordpress, made)
    # The CRM changes too, the edited fields among them: what was edited stays, what was not is sent.
    Listing.objects.update(list_price=1234567, title="Another title", public_remarks="Another text.")
    deliver_all(site, agent)
    check(wordpress, made)
    there = shown_on(wordpress)
    assert {
        (path, there[post][path])
        for post, (edited, _) in made.items()
        for path in ("title", "content", "meta.crm_price")
        if path != edited
    } == {("title", "Another title"), ("content", "<p>Another text.</p>"), ("meta.crm_price", "1234567")}
    assert not Placement.objects.filter(due_at__lte=timezone.now()).exists()


def test_edits_that_meet_a_change_of_ours_are_not_lost(wordpress, site, placements, agent):
    """Nobody reconciled before: the next price, title and text find what a hand left there."""
    made = edit_by_hand(wordpress, placements)
    Listing.objects.update(list_price=1234567, title="Another title", public_remarks="Another text.")
    deliver_all(site, agent)
    check(wordpress, made)
