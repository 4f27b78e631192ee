"""Two people edit one row: each form carries what it was opened with, so their changes can be told apart and merged."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext as _

from apps.core.refusals import Conflict


class EditConflict(Conflict):
    """Others changed some of the same fields since the form was opened: `fields` names them, `current` is the row."""

    def __init__(self, *sentences, current, fields):
        super().__init__(*sentences, current=current)
        self.fields = fields


def canonical(value) -> str:
    """One spelling for each value of a field, so that what a form, a row and a snapshot hold can be compared."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, list | tuple):
        return "\n".join(canonical(one) for one in value)
    return "" if value is None else "\n".join(str(value).splitlines()).strip()


def changed_since(value_of: Callable[[str], object], opened: Mapping[str, str]) -> set[str]:
    """Fields whose value now (`value_of` a name) is not the canonical value that a form was opened with."""
    return {name for name, value in opened.items() if canonical(value_of(name)) != value}


def refuse_collisions(current, value_of: Callable[[str], object], changes: Mapping, opened: Mapping[str, str]) -> None:
    """Raise EditConflict where `changes` and somebody else changed the same fields of `current` to different values."""
    theirs = changed_since(value_of, {name: opened[name] for name in changes if name in opened})
    both = sorted(name for name in theirs if canonical(changes[name]) != canonical(value_of(name)))
    if both:
        raise EditConflict(_("Somebody changed the same fields since you opened this."), current=current, fields=both)
