"""Questions that screens ask of listings, in the trade's words."""

from django.db import models

from apps.accounts.roles import Role
from apps.listings.lookups import StandardStatus


class ListingQuerySet(models.QuerySet):
    """Listings. `visible_to` is the first call of every view that shows one."""

    def visible_to(self, user):
        """Rows that this person may know of: no deleted ones for anybody, no drafts for viewers."""
        if not user.is_active:
            return self.none()
        rows = self.exclude(standard_status=StandardStatus.DELETE)
        if user.role == Role.VIEWER:
            rows = rows.exclude(standard_status=StandardStatus.INCOMPLETE)
        return rows
