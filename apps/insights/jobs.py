"""Forgetting who was counted."""

from django.utils import timezone
from procrastinate.contrib.django import app

from apps.core.queue import job
from apps.insights.models import DayKey, VisitorMark


@app.periodic(cron="40 * * * *")
@job("insights.forget_marks", queueing_lock="insights.forget_marks")
def forget_marks(timestamp: int, *, by) -> None:
    """Delete the marks and keys of days that are over; the figures stay."""
    today = timezone.localdate()
    VisitorMark.objects.filter(day__lt=today).delete()
    DayKey.objects.filter(day__lt=today).delete()
