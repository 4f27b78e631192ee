"""Jobs about customers."""

from django.utils import timezone
from procrastinate.contrib.django import app

from apps.accounts.models import Agency
from apps.core.queue import job
from apps.customers.actions.reminder import remind


@app.periodic(cron="*/5 * * * *")
@job("customers.remind_of_tasks", queueing_lock="customers.remind_of_tasks")
def remind_of_tasks(timestamp: int, *, by) -> None:
    """Mail people their tasks in the morning, or when the time has come. Forgotten or killed runs heal at the next."""
    with timezone.override(Agency.current().time_zone):
        remind(timezone.now(), by=by)
