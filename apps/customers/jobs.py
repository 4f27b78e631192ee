"""Jobs about customers."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from apps.core.queue import job
from apps.customers.actions.duplicates import refresh_pairs
from apps.customers.actions.erasure import search_everything
from apps.customers.actions.reminder import remind
from apps.customers.models import Customer, Erasure

LOOKED_BACK = timedelta(minutes=3)
MOST_AT_ONCE = 5000


@app.periodic(cron="45 2 * * *")
@job("customers.find_duplicates", queueing_lock="customers.find_duplicates")
def find_duplicates(timestamp: int, *, by) -> None:
    """Look through all customers for records of one person."""
    refresh_pairs()


@app.periodic(cron="* * * * *")
@job("customers.find_new_duplicates", queueing_lock="customers.find_new_duplicates")
def find_new_duplicates(timestamp: int, *, by) -> None:
    """Look at the customers that changed just now; what a large import leaves is found at night."""
    changed = Customer.objects.here().filter(modified_at__gte=timezone.now() - LOOKED_BACK)
    touched = list(changed.order_by("-modified_at").values_list("pk", flat=True)[:MOST_AT_ONCE])
    if touched:
        refresh_pairs(touched)


@job("customers.search_erased")
def search_erased(erasure_id: int, sealed: str, *, by) -> None:
    """Look for an erased person's words in every text and file that no key leads to."""
    erasure = Erasure.objects.filter(pk=erasure_id).first()
    if erasure:
        search_everything(erasure, sealed)


@app.periodic(cron="*/5 * * * *")
@job("customers.remind_of_tasks", queueing_lock="customers.remind_of_tasks")
def remind_of_tasks(timestamp: int, *, by) -> None:
    """Mail people their tasks in the morning, or when the time has come. Forgotten or killed runs heal at the next."""
    remind(timezone.now(), by=by)
