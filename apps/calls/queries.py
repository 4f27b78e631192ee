"""Questions that the phone page asks of drafts."""

from django.db import models


class DraftQuerySet(models.QuerySet):
    """Drafts of calls. Nobody sees another's."""

    def waiting_for(self, user):
        """Calls that this person has begun and neither saved nor thrown away, the last one first."""
        return self.filter(user=user, finished_at__isnull=True)
