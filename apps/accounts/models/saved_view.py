"""Views of lists that people keep: a name for a set of filters, words, order and layout."""

from django.db import models
from django.db.models import Q

from apps.accounts.models.person import Team, User
from apps.core.models import Versioned


class SavedViewQuerySet(models.QuerySet):
    """Saved views."""

    def visible_to(self, user):
        """One's own, and those shared with one's team."""
        mine = Q(owner=user.pk)
        if user.team_id:
            mine |= Q(team=user.team_id)
        return self.filter(mine, removed_at__isnull=True)


class SavedView(Versioned):
    """`query` is the address of the list `list_key` behind its question mark. With a team, its members see it too."""

    list_key = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="saved_views")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="saved_views")
    pinned_by = models.ManyToManyField(User, blank=True, related_name="pinned_views")
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["team"], condition=Q(removed_at__isnull=True), name="saved_view_of_team")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "list_key", "name"],
                condition=Q(removed_at__isnull=True),
                name="saved_view_name_once",
            )
        ]

    def __str__(self):
        return self.name
