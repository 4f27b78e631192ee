"""A listing on a site: what should be there, what was confirmed by reading back, and what stands between the two."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.listings.models import Listing, Photo
from apps.website.models.adoption import Proposal
from apps.website.models.site import Site
from apps.website.states import Shown, State, Trouble, Wanted, shown_state
from apps.website.triggers import never_due_while_linked

DIGITS = 20  # of a photo's digest, in the name of its file on the site


class PlacementQuerySet(models.QuerySet):
    """Placements as the delivery and the screens ask for them."""

    def due(self, now=None):
        """Those that wait for the delivery, what should come off first, then the longest waiting."""
        rows = self.free().filter(due_at__lte=now or timezone.now())
        return rows.order_by("priority", "due_at", "id")

    def free(self):
        """All but what may stand on the site already, in a post made by hand about which nobody decided yet."""
        proposed = Proposal.objects.holding().filter(post__site=OuterRef("site"), found_listing=OuterRef("listing"))
        return self.exclude(Exists(proposed), post_id__isnull=True)

    def under_way(self):
        """Those that are being sent, or will be at once."""
        now = timezone.now()
        return self.filter(Q(due_at__lte=now) | Q(claimed_until__gt=now))

    def in_trouble(self):
        """Those that a person should look at."""
        return self.filter(state__in=[State.FAILED, State.HELD, State.CHANGED, State.GONE])

    def visible_to(self, user):
        """Those of listings that this person may know of."""
        return self.filter(listing__in=Listing.objects.visible_to(user))


class Placement(models.Model):
    """One row for a listing and a site.

    A database trigger sets `due_at` whenever anything of the listing is saved, by whatever door; the delivery claims
    the row (`claimed_until`, `due_at` empty) and confirms what it read back. What should come off has `priority` 0.
    `is_up` is whether the site was last seen to show it. `last_sent` and `last_read` map each field of the profile to
    its value; `theirs` holds what somebody changed on the site by hand, `sent_before` marks of earlier values, by which
    an old backup is told from a hand.
    """

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="placements")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="placements")
    wanted = models.CharField(
        max_length=8, choices=Wanted.choices, default=Wanted.FILTER, db_default=Wanted.FILTER.value
    )
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.ABSENT, db_default=State.ABSENT.value, editable=False
    )
    state_since = models.DateTimeField(null=True, blank=True, editable=False)
    is_up = models.BooleanField("on the site", default=False, db_default=False, editable=False)
    post_id = models.BigIntegerField("number on the site", null=True, blank=True, editable=False)
    asked_at = models.DateTimeField("first sent", null=True, blank=True, editable=False)
    link = models.URLField(max_length=600, blank=True, default="", db_default="", editable=False)
    wanted_digest = models.CharField(max_length=64, blank=True, default="", db_default="", editable=False)
    confirmed_digest = models.CharField(max_length=64, blank=True, default="", db_default="", editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    checked_at = models.DateTimeField("last read back", null=True, blank=True, editable=False)
    due_at = models.DateTimeField(null=True, blank=True, editable=False)
    priority = models.PositiveSmallIntegerField(default=1, db_default=1, editable=False)
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    trouble = models.CharField(max_length=500, blank=True, default="", db_default="", editable=False)
    trouble_kind = models.CharField(
        max_length=10, choices=Trouble.choices, blank=True, default="", db_default="", editable=False
    )
    trouble_field = models.CharField(max_length=60, blank=True, default="", db_default="", editable=False)
    last_sent = models.JSONField(default=dict, db_default={}, blank=True, editable=False)
    last_read = models.JSONField(default=dict, db_default={}, blank=True, editable=False)
    theirs = models.JSONField("changed on the site", default=dict, db_default={}, blank=True, editable=False)
    sent_before = models.JSONField(default=dict, db_default={}, blank=True, editable=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        triggers = [never_due_while_linked()]
        constraints = [
            models.UniqueConstraint(fields=["listing", "site"], name="placement_once"),
            models.UniqueConstraint(
                fields=["site", "post_id"], condition=Q(post_id__isnull=False), name="placement_owns_post"
            ),
        ]
        indexes = [
            models.Index(
                fields=["site", "priority", "due_at"], condition=Q(due_at__isnull=False), name="placement_due"
            ),
            models.Index(fields=["site"], condition=Q(claimed_until__isnull=False), name="placement_claimed"),
            models.Index(fields=["site", "listing"], condition=Q(is_up=True), name="placement_up"),
            models.Index(
                fields=["site", "-state_since"],
                condition=Q(state__in=["failed", "held", "changed", "gone"]),
                name="placement_trouble",
            ),
        ]

    def __str__(self):
        return f"{self.listing_id} · {self.site_id}"

    @property
    def is_idle(self) -> bool:
        """Whether nothing is asked of the site, now or later."""
        return self.due_at is None and self.claimed_until is None

    @property
    def may_be_there(self) -> bool:
        """Whether the site has a post of it, was asked for one, or is about to be."""
        return bool(self.post_id or self.asked_at or self.is_up or self.claimed_until)

    @property
    def failed_in_words(self) -> str:
        """A site that said no is something else than one that could not be asked."""
        return _("Refused") if self.trouble_kind == Trouble.PERMANENT else _("Not reached")

    @property
    def shown(self) -> Shown:
        """The state in words, as things stand now."""
        now = timezone.now()
        return shown_state(
            self.state,
            wanted=self.wanted,
            is_up=self.is_up,
            is_due=not self.is_idle,  # a claim that ran out, too: its worker is slow, or dead
            is_claimed=self.claimed_until is not None and self.claimed_until > now,
        )


class PlacementPhoto(models.Model):
    """A photo as a site has it: `media_id` once it was sent, `confirmed_at` once it was read back.

    The row outlives the photo's removal until the site's copy is gone too; copies that are not in these rows are not
    ours and are never touched. `is_adopted` is one that somebody put there by hand: it is used, and never deleted.
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="photos")
    photo = models.ForeignKey(Photo, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64)
    media_id = models.BigIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField("first sent", null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    is_adopted = models.BooleanField("made by hand", default=False, db_default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["placement", "digest"], name="placement_photo_once")]
        indexes = [models.Index(fields=["digest"], name="placement_photo_digest")]

    def __str__(self):
        return f"{self.placement_id} {self.digest[:12]}"

    @property
    def file_name(self) -> str:
        """The copy's name on the site, by which it is found again where the answer to an upload was lost."""
        return f"crm-{self.placement_id}-{self.digest[:DIGITS]}.webp"
