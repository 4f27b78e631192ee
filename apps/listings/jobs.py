"""Jobs of the apartments database."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from apps.core.queue import job
from apps.listings.actions.photo import enqueue_sizes, make_sizes, purge_removed_photos
from apps.listings.actions.search_words import learn_search_words
from apps.listings.lookups import PhotoState
from apps.listings.models import Photo

KEPT_AFTER_REMOVAL = timedelta(days=30)
OVERDUE = timedelta(minutes=10)


@job("listings.make_photo_sizes")
def make_photo_sizes(photo_id: int, *, by) -> None:
    """Make the sizes of one photo. A storage that does not answer is tried again, then by the sweep."""
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo:
        make_sizes(photo)


@app.periodic(cron="*/10 * * * *")
@job("listings.sweep_photos", queueing_lock="listings.sweep_photos")
def sweep_photos(timestamp: int, *, by) -> None:
    """Ask again for photos whose sizes should be there by now: whatever became of their job, they heal."""
    overdue = Photo.objects.shown().filter(state=PhotoState.PROCESSING, added_at__lt=timezone.now() - OVERDUE)
    for photo in overdue[:500]:
        enqueue_sizes(photo, by=by)


@app.periodic(cron="30 2 * * *")
@job("listings.purge_removed_photos", queueing_lock="listings.purge_removed_photos")
def forget_removed_photos(timestamp: int, *, by) -> None:
    """Delete photos that were removed a month ago, with their files."""
    purge_removed_photos(timezone.now() - KEPT_AFTER_REMOVAL)


@app.periodic(cron="15 3 * * *")
@job("listings.learn_search_words", queueing_lock="listings.learn_search_words")
def refresh_search_words(timestamp: int, *, by) -> None:
    """Learn the words of the day's listings, by which misspelt searches are mended."""
    learn_search_words()
