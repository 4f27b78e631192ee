"""What a person has typed on the phone page and not saved yet."""

from django.conf import settings
from django.db import models

from apps.calls.queries import DraftQuerySet


class CallDraft(models.Model):
    """A call in the making. `fields` are the form's own, as typed; a finished one is kept empty so that nothing late
    brings it back."""

    key = models.UUIDField(unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="call_drafts")
    fields = models.JSONField(default=dict)
    label = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        indexes = [models.Index(fields=["user", "-saved_at"], name="call_draft_of_user")]

    def __str__(self):
        return self.label or str(self.key)
