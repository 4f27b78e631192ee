"""How a kind of website wants to be told about a listing: which field goes where, and in what form."""

import pghistory
from django.db import models

from apps.core.history import old_rows
from apps.core.models import Versioned


@pghistory.track(*old_rows(ignore=["version"]), model_name="ProfileHistory")
class Profile(Versioned):
    """`spec` is read by `website/profiles/spec.py`, which also says what is wrong with one. Shipped ones stay."""

    slug = models.SlugField("short name", max_length=40, unique=True)
    name = models.CharField(max_length=80)
    spec = models.JSONField("what goes where")
    is_shipped = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-is_shipped", "name"]

    def __str__(self):
        return self.name
