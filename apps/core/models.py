"""Rows that every app uses: what happened (Event), which form was already sent (Submission), which jobs failed."""

from django.conf import settings
from django.db import models


class Versioned(models.Model):
    """A row that people edit in forms. The form carries `version`; an action that saves it compares and raises it."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Event(models.Model):
    """One thing that somebody did, in the trade's words: `listing.price_changed`. Written only by `record()`.

    The subject is named by label and id, not by a foreign key: events outlive what they speak of, and core knows no
    other app.
    """

    verb = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject_label = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    data = models.JSONField(default=dict, blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["subject_label", "subject_id", "-at"], name="event_subject"),
            models.Index(fields=["verb", "-at"], name="event_verb"),
            models.Index(fields=["by", "-at"], name="event_by"),
            # The reference on an error page leads to what else that request did.
            models.Index(fields=["request_id"], name="event_request", condition=~models.Q(request_id="")),
        ]

    def __str__(self):
        return f"{self.verb} {self.subject_label} {self.subject_id}"


class Submission(models.Model):
    """A form that was sent once, with the answer it got, so that sending it again has no second effect."""

    key = models.UUIDField(primary_key=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    at = models.DateTimeField(auto_now_add=True)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["at"], name="submission_at")]

    def __str__(self):
        return f"{self.path} {self.key}"


class FailedJob(models.Model):
    """The last trouble of one background job. `retry_at` empty: nobody tries again until a person says so."""

    job_id = models.BigIntegerField(unique=True)
    task = models.CharField(max_length=128)
    arguments = models.JSONField(default=dict)
    message = models.TextField()
    attempts = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    request_id = models.CharField("reference", max_length=64, blank=True)
    failed_at = models.DateTimeField()
    retry_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-failed_at", "-id"]
        indexes = [models.Index(fields=["failed_at"], name="failed_job_at")]

    def __str__(self):
        return f"{self.task} {self.job_id}"
