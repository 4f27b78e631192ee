"""A site that was kept by hand: one reading of it (Adoption), each post (FoundPost), what that may be (Proposal)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.listings.models import Listing
from apps.website.adopting.words import Confidence, Decision, in_words
from apps.website.models.site import Site


class AdoptionState(models.TextChoices):
    """How far a reading is."""

    ASKED = "asked", _("Waiting for its turn")
    READING = "reading", _("Reading the site")
    MATCHING = "matching", _("Comparing with listings")
    LINKING = "linking", _("Linking what is sure")
    FOLLOWING = "following", _("Letting the site follow")
    DONE = "done", _("Read")
    FAILED = "failed", _("Not read")


READ_ANEW = [AdoptionState.ASKED, AdoptionState.READING, AdoptionState.MATCHING, AdoptionState.LINKING]
UNDER_WAY = [*READ_ANEW, AdoptionState.FOLLOWING]


class Adoption(models.Model):
    """One reading of a site, from end to end. `seen_at` moves with each page that was read."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="adoptions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=AdoptionState.choices, default=AdoptionState.ASKED)
    total = models.PositiveIntegerField("posts there", default=0)
    done = models.PositiveIntegerField("posts done", default=0)
    own = models.PositiveIntegerField("posts of the CRM's own", default=0)
    trouble = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(auto_now=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["site"], condition=Q(state__in=READ_ANEW), name="adoption_one_at_a_time")
        ]

    def __str__(self):
        return f"{self.site_id} {self.state}"

    def begin(self, state: str, total: int) -> None:
        """Something else is done with what was read; `done` and `total` count that."""
        self.state, self.total, self.done, self.trouble = state, total, 0, ""
        self.save()

    def tell(self, done: int) -> None:
        """So many are done; seen at once by whoever waits."""
        type(self).objects.filter(pk=self.pk).update(done=done, seen_at=timezone.now())

    @property
    def is_under_way(self) -> bool:
        """Whether a job is at it, or will be."""
        return self.state in UNDER_WAY

    @property
    def percent(self) -> int:
        """How much of the site was read."""
        return min(100, self.done * 100 // self.total) if self.total else 0


class FoundPostQuerySet(models.QuerySet):
    """Posts."""

    def with_photos_to_come(self):
        """Linked posts whose photos were not compared, or taken over, to the end yet."""
        return self.filter(decision=Decision.LINKED, compared_at__isnull=True).exclude(photos=[])


class FoundPost(models.Model):
    """A post that somebody made on the site. `fields` maps each field of the profile to what was read there.

    `photos` are numbers of the site's pictures, `notes` the remarks that concern no single proposal. Which listing a
    linked one is stands in the placement that has its number. Of a post that was brought in (`brings_photos`) the
    photos come too: `photos_done` of them were looked at, `photo_troubles` says what became of those that did not
    come. `waits_for` is why it could not be followed when that was last asked of all.
    """

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="found_posts")
    adoption = models.ForeignKey(Adoption, on_delete=models.CASCADE, related_name="posts")
    post_id = models.BigIntegerField("number on the site")
    status = models.CharField(max_length=20)
    title = models.CharField(max_length=500, blank=True)
    link = models.URLField(max_length=600, blank=True)
    fields = models.JSONField(default=dict)
    photos = models.JSONField(default=list, blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence.choices, default=Confidence.NONE)
    notes = models.JSONField(default=list, blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    compared_at = models.DateTimeField("photos compared", null=True, blank=True)
    brings_photos = models.BooleanField("photos are taken over", default=False, db_default=False)
    photos_done = models.PositiveSmallIntegerField("photos looked at", default=0, db_default=0)
    photo_troubles = models.JSONField("photos that did not come", default=list, db_default=[], blank=True)
    waits_for = models.JSONField("why it was not followed", default=list, db_default=[], blank=True)
    found_at = models.DateTimeField(auto_now_add=True)

    objects = FoundPostQuerySet.as_manager()

    class Meta:
        ordering = ["post_id"]
        constraints = [models.UniqueConstraint(fields=["site", "post_id"], name="found_post_once")]
        indexes = [models.Index(fields=["site", "decision", "confidence", "post_id"], name="found_post_to_decide")]

    def __str__(self):
        return f"{self.post_id}: {self.title}"

    @property
    def is_open(self) -> bool:
        """Whether somebody has to decide."""
        return self.decision == Decision.OPEN

    @property
    def remarks(self) -> list[str]:
        """The notes in words."""
        return in_words(self.notes)


class ProposalQuerySet(models.QuerySet):
    """Proposals."""

    def holding(self):
        """Those for which a listing waits: the best of posts that nobody decided about."""
        is_open = Q(post__decision=Decision.OPEN, post__confidence__in=[Confidence.SURE, Confidence.LIKELY])
        return self.filter(is_open, rank=0)


class Proposal(models.Model):
    """A listing that a post may be about, and why; the best has rank 0.

    While a post is undecided, what it surely or likely is is not sent as a new post: it would stand there twice. No
    work on the listing in the eyes of an import's undo, hence the name of the key.
    """

    post = models.ForeignKey(FoundPost, on_delete=models.CASCADE, related_name="proposals")
    found_listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="proposals")
    rank = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=list)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(fields=["post", "found_listing"], name="proposal_once")]

    def __str__(self):
        return f"{self.post_id} {self.found_listing_id}"

    @property
    def because(self) -> list[str]:
        """The reasons in words."""
        return in_words(self.reasons)
