"""The bricks: one row for each apartment, however often it is sold or let."""

from decimal import Decimal

import pghistory
from django.db import models
from django.db.models import Case, F, Q, Value, When

from apps.core.history import old_rows
from apps.core.models import Versioned
from apps.core.money import money_field
from apps.core.search import Normalise
from apps.core.units import SQUARE_METRES_PER_SQUARE_FOOT, AreaUnits
from apps.customers.models import Customer
from apps.listings.lookups import DevelopmentStatus, FeeFrequency, OwnershipType, PropertySubType
from apps.listings.models.place import Place
from apps.listings.triggers import refresh_listings_of_unit


class UnitQuerySet(models.QuerySet):
    """Units as forms ask for them."""

    def at(self, place: Place, unit_number: str):
        """The unit of that number in that place, in any spelling of capitals and accents."""
        return self.filter(place=place, unit_key=Normalise(Value(unit_number.strip()))).exclude(unit_number="")


COMPUTED = ["living_area_sqm", "unit_key"]


@pghistory.track(*old_rows(ignore=COMPUTED), model_name="UnitHistory", exclude=COMPUTED)
class Unit(Versioned):
    """An apartment (or other home): where and what it is. Unknown facts are null, never 0; a studio has 0 bedrooms."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="units")
    unit_number = models.CharField(max_length=40, blank=True)
    property_sub_type = models.CharField(
        max_length=30, choices=PropertySubType.choices, default=PropertySubType.APARTMENT
    )
    bedrooms_total = models.PositiveSmallIntegerField(null=True, blank=True)
    bathrooms_total_integer = models.PositiveSmallIntegerField(null=True, blank=True)
    living_area = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    living_area_units = models.CharField(max_length=20, choices=AreaUnits.choices, default=AreaUnits.SQUARE_FEET)
    entry_level = models.SmallIntegerField("floor", null=True, blank=True)
    stories_total = models.PositiveSmallIntegerField("floors in the building", null=True, blank=True)
    year_built = models.PositiveSmallIntegerField(null=True, blank=True)
    parking_total = models.PositiveSmallIntegerField("parking bays", null=True, blank=True)
    view = models.CharField(max_length=120, blank=True)
    ownership_type = models.CharField("tenure", max_length=20, choices=OwnershipType.choices, blank=True)
    association_fee = money_field(verbose_name="service charge", null=True, blank=True)
    association_fee_frequency = models.CharField(max_length=20, choices=FeeFrequency.choices, blank=True)
    new_construction_yn = models.BooleanField("new construction", null=True, blank=True)
    development_status = models.CharField(max_length=30, choices=DevelopmentStatus.choices, blank=True)
    unparsed_address = models.CharField("address as written", max_length=300, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    owner = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="owned_units"
    )
    living_area_sqm = models.GeneratedField(
        expression=Case(
            When(living_area_units=AreaUnits.SQUARE_FEET, then=F("living_area") * SQUARE_METRES_PER_SQUARE_FOOT),
            default=F("living_area") * Value(Decimal(1)),
        ),
        output_field=models.DecimalField(max_digits=20, decimal_places=4),
        db_persist=True,
    )
    unit_key = models.GeneratedField(
        expression=Normalise("unit_number"), output_field=models.CharField(max_length=60), db_persist=True
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        triggers = [refresh_listings_of_unit()]
        indexes = [
            models.Index(fields=["unit_key"], name="unit_number_key"),
            models.Index(fields=["owner"], condition=Q(owner__isnull=False), name="unit_of_owner"),
        ]
        constraints = [
            models.UniqueConstraint(
                "place", "unit_key", condition=Q(place__isnull=False) & ~Q(unit_number=""), name="unit_once_in_place"
            ),
            models.CheckConstraint(
                condition=Q(living_area__isnull=True) | Q(living_area__gt=0), name="unit_area_positive"
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """“Marina Gate 2, 2304”, as far as it is known (reads `place`)."""
        parts = [self.place.name if self.place else "", self.unit_number]
        return ", ".join(part for part in parts if part) or self.unparsed_address or "Address not set"

    @property
    def has_owner(self) -> bool:
        """Whether anything is known about the owner."""
        return self.owner_id is not None

    @property
    def owner_name(self) -> str:
        """The owner's name (reads `owner`); nothing where only a phone or an e-mail is known."""
        return (self.owner.full_name or self.owner.company_name) if self.owner else ""

    @property
    def owner_phone(self) -> str:
        """The owner's first phone (reads `owner.phones`)."""
        phone = next(iter(self.owner.phones.all()), None) if self.owner else None
        return phone.text if phone else ""

    @property
    def owner_email(self) -> str:
        """The owner's first e-mail address (reads `owner.emails`)."""
        email = next(iter(self.owner.emails.all()), None) if self.owner else None
        return email.address if email else ""
