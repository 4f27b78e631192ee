"""An agent's viewings as a calendar that phones and mail programs read."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.core.history import old_rows


@pghistory.track(*old_rows(ignore=["last_read_at"]), model_name="CalendarFeedHistory", exclude=["secret_hash"])
class CalendarFeed(models.Model):
    """A secret address. Only its hash is kept: the address is shown once, and a new one ends the old one."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds")
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at__isnull=True), name="calendar_feed_one")
        ]

    def __str__(self):
        return f"Calendar of {self.user}"
