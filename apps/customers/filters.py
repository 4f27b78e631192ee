"""The filters of the customers list, in the order of the form, its built-in views and its orders."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.filters import People, Teams
from apps.core.keyset import Key
from apps.core.lists.catalogue import Column, Orders, View
from apps.core.lists.fields import Before, Choice, Filter, Overlap, States, Typed
from apps.customers.lookups import OPEN_STAGES, CustomerRole, Payment, Source, Stage

NEXT = (("planned", _("Planned")), ("late", _("Late")), ("none", _("None")))
WAITING = (("yes", _("Nobody took them yet")),)


def _next_step(today: date) -> dict[str, Q]:
    return {
        "planned": Q(next_task_due__isnull=False),
        "late": Q(next_task_due__lt=today),
        "none": Q(next_task_due__isnull=True),
    }


def _waiting(today: date) -> dict[str, Q]:
    return {"yes": Q(waiting_since__isnull=False)}


FILTERS: tuple[Filter, ...] = (
    Choice("stage", _("Stage"), "stage", tuple(Stage.choices)),
    Overlap("role", _("Role"), "roles", tuple(CustomerRole.choices)),
    People("agent", _("Agent"), "agent"),
    Teams("team", _("Team"), "team"),
    States("next", _("Next step"), "next_task_due", NEXT, _next_step),
    States("waiting", _("Waiting"), "waiting_since", WAITING, _waiting),
    Choice("source", _("Source"), "source", tuple(Source.choices)),
    Choice("payment", _("Paying"), "payment", tuple(Payment.choices)),
    Typed("language", _("Language"), "language"),
    Before("quiet", _("No contact since"), "last_contact_at"),
)

OPEN = tuple(("stage", stage.value) for stage in OPEN_STAGES)
VIEWS = (
    View("all", _("All customers")),
    View("mine", _("My customers"), (("agent", "me"),)),
    View("idle", _("No next step"), (*OPEN, ("next", "none"))),
    View("waiting", _("New, waiting"), (("waiting", "yes"),)),
    View("hot", _("Hot"), (("stage", Stage.VIEWING.value), ("stage", Stage.OFFER.value))),
    View("late", _("Late"), (("next", "late"),)),
)

DEFAULT = "-changed"
_ID = Key("id", models.BigIntegerField())
_CHANGED = Key("modified_at", models.DateTimeField())
_CONTACT = Key("last_contact_at", models.DateTimeField())
ORDERS = Orders(
    {
        "name": Column((Key("name_key", models.TextField()), _ID), False, _("by name, A to Z"), _("by name, Z to A")),
        "stage": Column(
            (Key("stage", models.CharField()), _CHANGED, _ID), False, _("by stage, A to Z"), _("by stage, Z to A")
        ),
        "agent": Column(
            (Key("agent_key", models.TextField()), _ID), True, _("by agent, A to Z"), _("by agent, Z to A")
        ),
        "contact": Column((_CONTACT, _ID), True, _("longest without contact first"), _("latest contact first")),
        "next": Column(
            (Key("next_task_due", models.DateField()), _ID), True, _("next step first"), _("last planned step first")
        ),
        "added": Column((Key("created_at", models.DateTimeField()), _ID), False, _("oldest first"), _("newest first")),
        "changed": Column((_CHANGED, _ID), False, _("oldest change first"), _("latest change first")),
    },
    DEFAULT,
    _("The latest change comes first."),
)
