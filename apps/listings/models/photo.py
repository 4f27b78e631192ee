"""Pictures of a listing."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.history import old_rows
from apps.listings.lookups import MediaCategory, PhotoState
from apps.listings.models.listing import Listing
from apps.listings.triggers import refresh_cover

SHOWN = Q(removed_at__isnull=True)


class PhotoQuerySet(models.QuerySet):
    """Photos as screens ask for them."""

    def shown(self):
        """Photos that were not removed, in their order."""
        return self.filter(SHOWN).order_by("order", "id")

    def visible_to(self, user):
        """Photos of listings that this person may know of, removed ones too (they can be brought back)."""
        return self.filter(listing__in=Listing.objects.visible_to(user))

    def stored(self, digest: str) -> "Photo | None":
        """A photo of the same pixels whose files can be shared, one with its sizes made if there is any."""
        return self.filter(digest=digest).exclude(state=PhotoState.FAILED).order_by("-state", "id").first()


@pghistory.track(*old_rows(), model_name="PhotoHistory")
class Photo(models.Model):
    """One picture. `order` 0 is the primary photo (RESO).

    `name` is the unguessable folder of its files in storage; photos of the same pixels in several listings share it.
    """

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="photos")
    order = models.PositiveSmallIntegerField(default=0)
    media_category = models.CharField(max_length=20, choices=MediaCategory.choices, default=MediaCategory.PHOTO)
    short_description = models.CharField("caption", max_length=200, blank=True)
    name = models.CharField(max_length=64, db_index=True)
    original_name = models.CharField(max_length=200, blank=True)
    digest = models.CharField("SHA-256 of the pixels", max_length=64)
    look = models.BigIntegerField("perceptual hash", default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=PhotoState.choices, default=PhotoState.PROCESSING)
    trouble = models.CharField(max_length=300, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]
        triggers = [refresh_cover()]
        indexes = [
            models.Index(fields=["listing", "order"], condition=SHOWN, name="photo_in_order"),
            models.Index(fields=["digest"], name="photo_digest"),
            models.Index(fields=["added_at"], condition=Q(state="Processing"), name="photo_unprocessed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["listing", "digest"], condition=SHOWN, name="photo_once_in_listing")
        ]

    def __str__(self):
        return self.short_description or self.original_name or self.name
