"""Two records that were one person: what was merged, and each row as it was, so that it can be undone exactly."""

from django.conf import settings
from django.db import models

from apps.customers.models.customer import Customer


class Merge(models.Model):
    """One customer taken into another. `choices` says for each field whose value was kept: left, right or both."""

    winner = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="merges")
    loser = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    choices = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    # What an undo, an erasure and a later merge leave where it is.
    stays_with_customer = True

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["winner", "-at"], name="merge_winner")]
        constraints = [
            models.UniqueConstraint(fields=["loser"], condition=models.Q(undone_at=None), name="merged_away_once")
        ]

    def __str__(self):
        return f"merge {self.pk}"


class MergedRow(models.Model):
    """A row that a merge changed: as it was before and after; no `before` for none, no `after` for one taken away.

    Both are written and read back by SQL alone (`to_jsonb`, `jsonb_populate_record`), which keeps every byte.
    """

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="rows")
    table_name = models.CharField(max_length=63)
    row_key = models.CharField(max_length=40)
    before = models.JSONField()
    after = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merge", "table_name", "row_key"], name="merged_row_once"),
        ]

    def __str__(self):
        return f"{self.table_name} {self.row_key}"
