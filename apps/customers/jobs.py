"""Jobs about customers."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from apps.core.queue import job
from apps.customers.actions.duplicates import refresh_pairs
from apps.customers.models import Customer

LOOKED_BACK = timedelta(minutes=15)
MOST_AT_ONCE = 5000


@app.periodic(cron="45 2 * * *")
@job("customers.find_duplicates", queueing_lock="customers.find_duplicates")
def find_duplicates(timestamp: int, *, by) -> None:
    """Look through all customers for records of one person."""
    refresh_pairs()


@app.periodic(cron="*/10 * * * *")
@job("customers.find_new_duplicates", queueing_lock="customers.find_new_duplicates")
def find_new_duplicates(timestamp: int, *, by) -> None:
    """Look at the customers that changed just now; after a large import the search of the night finds the rest."""
    changed = Customer.objects.here().filter(modified_at__gte=timezone.now() - LOOKED_BACK)
    touched = list(changed.order_by("-modified_at").values_list("pk", flat=True)[:MOST_AT_ONCE])
    if touched:
        refresh_pairs(touched)
