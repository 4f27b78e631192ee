"""An agent's calendar by a secret address."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.refusals import NotAllowed
from apps.viewings.models import CalendarFeed

SECRET_BYTES = 32


def why_not_have_feed(by) -> list[str]:
    """Why this person has no calendar of viewings."""
    return [] if by.has_perm("viewings.view_viewing") else [_("Your role has no viewings.")]


@transaction.atomic
def make_feed(*, by) -> tuple[CalendarFeed, str]:
    """A new secret address for one's own viewings, which ends the one before; the secret is answered only here."""
    NotAllowed.unless_empty(why_not_have_feed(by))
    revoke_feed(by=by)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    feed = CalendarFeed.objects.create(user=by, secret_hash=hash_of(secret))
    record("viewings.feed_made", feed, by=by)
    return feed, secret


@transaction.atomic
def revoke_feed(*, by) -> bool:
    """End one's own secret address; whether there was one."""
    feed = CalendarFeed.objects.select_for_update().filter(user=by, revoked_at__isnull=True).first()
    if feed is None:
        return False
    feed.revoked_at = timezone.now()
    feed.save(update_fields=["revoked_at"])
    record("viewings.feed_revoked", feed, by=by)
    return True


def feed_of(secret: str) -> CalendarFeed | None:
    """The feed of that secret, unless it was revoked or its person left."""
    rows = CalendarFeed.objects.filter(secret_hash=hash_of(secret), revoked_at__isnull=True, user__is_active=True)
    return rows.select_related("user").first()


def hash_of(secret: str) -> str:
    """What the database keeps of a secret: 256 random bits need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()
