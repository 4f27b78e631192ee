"""A customer: a person or a company that buys, rents, sells or lets."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.avatars import hue_of, initials_of
from apps.core.history import old_rows
from apps.core.models import Versioned
from apps.core.search import Normalise
from apps.customers.lookups import OPEN_STAGES, Channel, CustomerKind, CustomerRole, Payment, Source, Stage
from apps.customers.queries import CustomerQuerySet
from apps.customers.sounds import Sounds
from apps.customers.triggers import fill_agent_key, fill_team


class NextReference(Func):
    """SQL `crm_customer_reference()`: C-00001, C-00002, ... Never given twice, gaps are possible."""

    function = "crm_customer_reference"
    arity = 0
    output_field = models.CharField(max_length=20)


# Columns that the database keeps. Nobody else writes them.
KEPT_COLUMNS = ["name_key", "name_sound", "agent_key", "next_task_due", "next_task_title", "last_contact_at"]


@pghistory.track(
    *old_rows(ignore=[*KEPT_COLUMNS, "modified_at", "version"]), model_name="CustomerHistory", exclude=KEPT_COLUMNS
)
class Customer(Versioned):
    """Who it is, what the agency is doing for them, and who looks after them. `reference` is what people say."""

    reference = models.CharField(max_length=20, unique=True, db_default=NextReference(), editable=False)
    kind = models.CharField(max_length=10, choices=CustomerKind.choices, default=CustomerKind.PERSON)
    full_name = models.CharField("name", max_length=160, blank=True)
    company_name = models.CharField("company", max_length=160, blank=True)
    roles = ArrayField(models.CharField(max_length=10, choices=CustomerRole.choices), default=list, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.NEW)
    language = models.CharField(max_length=40, blank=True)
    nationality = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.OTHER)
    campaign = models.CharField(max_length=120, blank=True)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="customers"
    )
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="customers")
    do_not_contact = models.BooleanField(default=False)
    payment = models.CharField("paying", max_length=10, choices=Payment.choices, default=Payment.UNKNOWN)
    moving_on = models.DateField("moving", null=True, blank=True)
    summary = models.TextField(blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True, editable=False)
    last_contact_at = models.DateTimeField(null=True, blank=True, editable=False)
    agent_key = models.TextField(null=True, editable=False)  # the agent's name as names are compared
    next_task_due = models.DateField(null=True, editable=False)
    next_task_title = models.CharField(max_length=200, default="", editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)
    name_key = models.GeneratedField(
        expression=Normalise(Concat("full_name", Value(" "), "company_name")),
        output_field=models.TextField(),
        db_persist=True,
    )
    name_sound = models.GeneratedField(
        expression=Sounds(Concat("full_name", Value(" "), "company_name")),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = CustomerQuerySet.as_manager()

    class Meta:
        ordering = ["-modified_at", "-id"]
        triggers = [fill_team(), fill_agent_key()]
        indexes = [
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="customer_name"),
            GinIndex(fields=["name_sound"], opclasses=["gin_trgm_ops"], name="customer_sound"),
            GinIndex(fields=["roles"], name="customer_roles"),
            models.Index(fields=["modified_at", "id"], name="customer_by_change"),
            models.Index(fields=["created_at", "id"], name="customer_by_age"),
            models.Index(fields=["name_key", "id"], name="customer_by_name"),
            models.Index(fields=["agent_key", "id"], name="customer_by_agent"),
            models.Index(fields=["last_contact_at", "id"], name="customer_by_contact"),
            models.Index(fields=["next_task_due", "id"], name="customer_by_next_task"),
            models.Index(fields=["stage", "modified_at", "id"], name="customer_by_stage"),
            models.Index(fields=["agent", "stage", "modified_at", "id"], name="customer_of_agent"),
            models.Index(fields=["team", "stage", "modified_at", "id"], name="customer_of_team"),
            models.Index(
                fields=["waiting_since", "id"], condition=Q(waiting_since__isnull=False), name="customer_waiting"
            ),
            models.Index(
                fields=["id"],
                condition=Q(merged_into__isnull=False) | Q(erased_at__isnull=False),
                name="customer_gone",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="customer_stage_known"),
            models.CheckConstraint(condition=Q(roles__contained_by=CustomerRole.values), name="customer_roles_known"),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self) -> str:
        """The customer's own page."""
        return reverse("customers:detail", args=[self.reference])

    @property
    def label(self) -> str:
        """What people call this customer; the reference where no name is known."""
        first, second = self.full_name, self.company_name
        if self.kind == CustomerKind.COMPANY:
            first, second = second, first
        return first or second or self.reference

    @property
    def initials(self) -> str:
        """Two letters for the avatar."""
        words = [word for word in self.label.split() if word[0].isalnum()] or ["?"]
        return initials_of(words)

    @property
    def hue(self) -> int:
        """The avatar's own."""
        return hue_of(self.pk)

    @property
    def short_name(self) -> str:
        """What stands beside a small avatar."""
        return self.label

    @property
    def is_open(self) -> bool:
        """Whether there should be a next step."""
        return self.stage in OPEN_STAGES

    @property
    def is_here(self) -> bool:
        """Whether this row is a customer of today: not merged into another, not erased."""
        return self.merged_into_id is None and self.erased_at is None

    @property
    def role_labels(self) -> list[str]:
        """The roles in words."""
        return [str(CustomerRole(role).label) for role in self.roles if role in CustomerRole.values]

    def may_be_contacted(self, channel: str) -> list[str]:
        """Why this customer may not be written to or called by this channel now; nothing where they may.

        The latest word on the channel counts. Calls are answered and made unless somebody objected; mails and
        messages need a consent.
        """
        if self.do_not_contact:
            return [_("%(name)s asked not to be contacted.") % {"name": self.label}]
        said = (one for one in self.consents.all() if one.channel == channel)
        latest = max(said, key=lambda one: (one.at, one.pk), default=None)
        words = {"name": self.label, "channel": Channel(channel).label}
        if latest is not None and not latest.granted:
            return [_("%(name)s does not want to be contacted by %(channel)s.") % words]
        if latest is None and channel != Channel.PHONE:
            return [_("%(name)s has not agreed to be contacted by %(channel)s.") % words]
        return []
