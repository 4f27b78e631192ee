"""A viewing: one listing shown by one agent, to one or more customers, at one time."""

from datetime import datetime

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Func, Q
from django.urls import reverse
from django.utils import timezone

from apps.core.history import old_rows
from apps.core.models import Versioned
from apps.core.search import Normalise
from apps.customers.models import Customer
from apps.listings.models import Listing, Unit
from apps.viewings.lookups import CALLED_OFF, ShowingStatus
from apps.viewings.queries import ViewingQuerySet
from apps.viewings.triggers import fill_unit_and_end

SHORTEST, LONGEST, USUAL = 10, 480, 30  # minutes


class Duration(Func):
    """SQL `tstzrange(starts_at, ends_at)`: a viewing may begin when another ends."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def _one_at_a_time(what: str, *columns: str, name: str, condition: Q | None = None) -> ExclusionConstraint:
    happens = ~Q(showing_status__in=CALLED_OFF)
    return ExclusionConstraint(
        name=name,
        index_type="GIST",
        expressions=[
            (Duration("starts_at", "ends_at"), RangeOperators.OVERLAPS),
            *((column, RangeOperators.EQUAL) for column in columns),
        ],
        condition=happens & condition if condition else happens,
        violation_error_message=f"{what} is taken at that time. Choose another.",
    )


@pghistory.track(*old_rows(ignore=["version"]), model_name="TourHistory")
class Tour(Versioned):
    """Several viewings in order, with one agent: the way from each to the next is planned."""

    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tours")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"Tour {self.pk}"


# What the database fills in by itself.
FILLED = ["unit", "ends_at", "key_norm"]


@pghistory.track(
    *old_rows(ignore=["version", "modified_at", *FILLED]), model_name="ViewingHistory", exclude=["key_norm"]
)
class Viewing(Versioned):
    """One appointment. `sequence` counts what calendars must hear of: its time, its place, whether it happens."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="viewings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="viewings", editable=False)
    customers = models.ManyToManyField(Customer, through="ViewingGuest", related_name="viewings")
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="viewings")
    starts_at = models.DateTimeField("starts")
    minutes = models.PositiveSmallIntegerField(
        "length in minutes", default=USUAL, validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)]
    )
    ends_at = models.DateTimeField(editable=False)
    showing_status = models.CharField(
        "status", max_length=10, choices=ShowingStatus.choices, default=ShowingStatus.PENDING
    )
    why_called_off = models.CharField("why it does not happen", max_length=300, blank=True)
    done_at = models.DateTimeField("shown at", null=True, blank=True)
    key_name = models.CharField("key", max_length=80, blank=True)
    access_notes = models.CharField("where to meet, how to get in", max_length=500, blank=True)
    tour = models.ForeignKey(Tour, on_delete=models.SET_NULL, null=True, blank=True, related_name="viewings")
    position = models.PositiveSmallIntegerField("place in the tour", null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    modified_at = models.DateTimeField(auto_now=True)
    key_norm = models.GeneratedField(
        expression=Normalise("key_name"), output_field=models.CharField(max_length=120), db_persist=True
    )

    objects = ViewingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        triggers = [fill_unit_and_end()]
        indexes = [
            models.Index(fields=["starts_at"], name="viewing_by_start"),
            models.Index(fields=["agent", "starts_at"], name="viewing_of_agent"),
            models.Index(fields=["listing", "starts_at"], name="viewing_of_listing"),
        ]
        constraints = [
            _one_at_a_time("The agent", "agent", name="viewing_agent_once"),
            _one_at_a_time("The apartment", "unit", name="viewing_unit_once"),
            _one_at_a_time("The key", "key_norm", name="viewing_key_once", condition=~Q(key_name="")),
            models.CheckConstraint(condition=Q(showing_status__in=ShowingStatus.values), name="viewing_status_known"),
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST), name="viewing_length_sensible"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | ~Q(showing_status__in=CALLED_OFF), name="viewing_done_happened"
            ),
        ]

    def __str__(self):
        return f"{self.listing} {timezone.localtime(self.starts_at):%d %b %Y %H:%M}"

    def get_absolute_url(self) -> str:
        """The viewing's own page."""
        return reverse("viewings:detail", args=[self.pk])

    @property
    def happens(self) -> bool:
        """Whether nobody has called it off."""
        return self.showing_status not in CALLED_OFF

    def is_over(self, now: datetime) -> bool:
        """Whether it was shown, or its time has passed."""
        return self.happens and (self.done_at is not None or self.ends_at <= now)

    def is_on(self, now: datetime) -> bool:
        """Whether it is going on."""
        return self.happens and self.done_at is None and self.starts_at <= now < self.ends_at


@pghistory.track(*old_rows(), model_name="ViewingGuestHistory")
class ViewingGuest(models.Model):
    """A customer whom the listing is shown to."""

    viewing = models.ForeignKey(Viewing, on_delete=models.CASCADE, related_name="guests")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="viewing_guests")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["viewing", "customer"], name="viewing_guest_once")]

    def __str__(self):
        return f"{self.viewing_id} {self.customer_id}"
