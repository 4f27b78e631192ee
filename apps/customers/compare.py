"""Two records side by side: what each says field by field, and what hangs on each."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.customers.actions.merge import BOTH, CHOSEN, LEFT, MAY_BE_BOTH, RIGHT, default_choices
from apps.customers.actions.merge_rows import pointers_at
from apps.customers.models import Customer

SHOWN_AS_LISTS = ("customers.Phone", "customers.EmailAddress")


@dataclass(frozen=True)
class Row:
    """One field of both: the texts, whether they differ, and which is chosen."""

    name: str
    label: str
    left: str
    right: str
    choice: str
    may_be_both: bool

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return self.left != self.right


def choices_in(posted: Mapping, left: Customer, right: Customer) -> dict[str, str]:
    """What somebody chose for each field (`keep_<field>`); what was not asked is as by default."""
    choices = default_choices(left, right)
    for name in CHOSEN:
        asked = posted.get(f"keep_{name}")
        if asked in (LEFT, RIGHT) or (asked == BOTH and name in MAY_BE_BOTH):
            choices[name] = asked
    return choices


def rows(left: Customer, right: Customer, choices: Mapping[str, str]) -> list[Row]:
    """Each field that people choose between, but for those that neither says anything in."""
    found = [
        Row(
            name=name,
            label=capfirst(str(Customer._meta.get_field(name).verbose_name)),
            left=shown(left, name),
            right=shown(right, name),
            choice=choices[name],
            may_be_both=name in MAY_BE_BOTH and bool(shown(left, name)) and bool(shown(right, name)),
        )
        for name in CHOSEN
    ]
    return [row for row in found if row.left or row.right]


def shown(customer: Customer, name: str) -> str:
    """A field as people read it."""
    if name == "roles":
        return ", ".join(customer.role_labels)
    if name == "agent":
        return customer.agent.full_name if customer.agent else _("Nobody")
    if name == "source":
        return " · ".join(part for part in (customer.get_source_display(), customer.campaign) if part)
    if name == "moving_on":
        return date_format(customer.moving_on, "j M Y") if customer.moving_on else ""
    display = getattr(customer, f"get_{name}_display", None)
    return str(display() if display else getattr(customer, name) or "")


def belongings(left: Customer, right: Customer) -> list[tuple[str, int, int]]:
    """(what, how many of the left, how many of the right): all that points at either, phones and e-mails left out."""
    found = []
    for pointer in pointers_at(Customer):
        if pointer.model is Customer or pointer.model._meta.label in SHOWN_AS_LISTS:
            continue
        of_either = pointer.model._base_manager.filter(**{f"{pointer.column}__in": [left.pk, right.pk]}).order_by()
        counts = dict(of_either.values_list(pointer.column).annotate(Count("pk")))
        if counts:
            what = capfirst(str(pointer.model._meta.verbose_name_plural))
            found.append((what, counts.get(left.pk, 0), counts.get(right.pk, 0)))
    return sorted(found)
