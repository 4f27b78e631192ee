"""Jobs about enquiries and numbers: the clock of answers, and asking sites that cannot call out."""

from django.utils import timezone
from procrastinate.contrib.django import app

from apps.accounts.models import Agency
from apps.core.flags import is_on_for_anybody
from apps.core.queue import job
from apps.website import flags
from apps.website.actions.enquiry import pass_on_late


@app.periodic(cron="* * * * *")
@job("website.pass_on_enquiries", queueing_lock="website.pass_on_enquiries")
def pass_on_enquiries(timestamp: int, *, by) -> None:
    """Let the team see what nobody answered within a quarter of an hour; each once."""
    if is_on_for_anybody(flags.WEBSITE):
        with timezone.override(Agency.current().time_zone):
            pass_on_late(timezone.now(), by=by)
