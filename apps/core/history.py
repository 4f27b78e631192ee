"""Field-level history, written by database triggers, so that bulk updates, the admin and raw SQL are seen too."""

import pghistory


def old_rows(*, ignore: list[str] = ()) -> tuple:
    """Trackers for `pghistory.track` that keep each row as it was before an UPDATE or DELETE.

    The first state needs no copy: until the first change it is the row itself. Changes to the columns in `ignore`
    alone keep nothing.
    """
    condition = {"condition": pghistory.AnyChange(exclude=list(ignore))} if ignore else {}
    return pghistory.UpdateEvent(row=pghistory.Old, **condition), pghistory.DeleteEvent(row=pghistory.Old)
