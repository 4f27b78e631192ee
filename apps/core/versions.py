"""Optimistic locking: two people who edit one row, and none of their work lost."""

from django.db.models import F
from django.utils.translation import gettext as _

from apps.core.refusals import Conflict


def claim_version(row, version: int) -> None:
    """Raise `row.version` by one if it still is `version`, else raise Conflict with the row as it is now.

    The conditional UPDATE locks the row until the transaction ends, so call it first and inside one.
    """
    model = type(row)
    if not model._base_manager.filter(pk=row.pk, version=version).update(version=F("version") + 1):
        current = model._base_manager.get(pk=row.pk)
        raise Conflict(_("Somebody changed this since you opened it. Compare both and save again."), current=current)
    row.version = version + 1
