"""The agency's clock for what no request surrounds: jobs, commands and pages of visitors."""

from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.utils import timezone

from apps.accounts.models import Agency


@contextmanager
def agency_time():
    """The agency's zone, wherever the code runs: what ends today ends at the agency's midnight."""
    agency = Agency.current()
    with timezone.override(ZoneInfo(agency.time_zone)):
        yield agency
