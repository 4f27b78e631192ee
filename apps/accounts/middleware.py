"""The agency of this request: its row, and its time zone for everything that is shown."""

import zoneinfo

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from apps.accounts.models import Agency


class AgencyMiddleware:
    """Sets `request.agency` (read once, when first asked for) and shows times in the agency's zone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.agency = SimpleLazyObject(Agency.current)
        if not request.user.is_authenticated:
            return self.get_response(request)
        with timezone.override(zoneinfo.ZoneInfo(request.agency.time_zone)):
            return self.get_response(request)
