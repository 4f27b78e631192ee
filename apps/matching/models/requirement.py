"""What a customer looks for."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse

from apps.core.history import old_rows
from apps.core.models import Versioned
from apps.core.money import Currency, currency_field, money_field
from apps.core.units import SQUARE_METRES_PER_SQUARE_FOOT, AreaUnits
from apps.customers.lookups import Payment
from apps.customers.models import Customer
from apps.listings.lookups import FeeFrequency, Furnished, PropertySubType, PropertyType
from apps.listings.models import Place
from apps.matching.lookups import DEFAULT_MUSTS, DEFAULT_NICES, CriterionName, Importance
from apps.matching.queries import RequirementQuerySet
from apps.matching.triggers import keep_place_ids

ANYWHERE = 0  # stands in `place_reach` of those who would live anywhere; no place has this id
COMPUTED = ["area_min_sqm", "area_max_sqm", "place_ids", "place_reach"]


def default_musts() -> list[str]:
    """What must fit unless somebody says otherwise."""
    return [str(name.value) for name in DEFAULT_MUSTS]


def default_nices() -> list[str]:
    """What is nice to have unless somebody says otherwise."""
    return [str(name.value) for name in DEFAULT_NICES]


def _in_metres(column: str) -> models.GeneratedField:
    return models.GeneratedField(
        expression=Case(
            When(area_units=AreaUnits.SQUARE_FEET, then=F(column) * SQUARE_METRES_PER_SQUARE_FOOT),
            default=F(column) * Value(1),
        ),
        output_field=models.DecimalField(max_digits=20, decimal_places=4),
        db_persist=True,
    )


def _names(**options) -> ArrayField:
    return ArrayField(models.CharField(max_length=20, choices=CriterionName.choices), blank=True, **options)


def _features(**options) -> ArrayField:
    """Keys of features.FEATURES; actions refuse others, so that a new feature needs no migration."""
    return ArrayField(models.CharField(max_length=30), default=list, blank=True, **options)


@pghistory.track(
    *old_rows(ignore=[*COMPUTED, "modified_at", "version"]), model_name="RequirementHistory", exclude=COMPUTED
)
class Requirement(Versioned):
    """One thing that a customer looks for. What is empty was not asked for; `musts` and `nices` say what matters."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="requirements")
    property_type = models.CharField(
        "sale or rent", max_length=20, choices=PropertyType.choices, default=PropertyType.RESIDENTIAL
    )
    price_min = money_field(verbose_name="budget from", null=True, blank=True)
    price_max = money_field(verbose_name="budget to", null=True, blank=True)
    currency = currency_field(default=Currency.AED)
    lease_amount_frequency = models.CharField(
        "rent is", max_length=20, choices=FeeFrequency.choices, blank=True, help_text="Empty: a year."
    )
    price_tolerance_percent = models.PositiveSmallIntegerField(
        "tolerance in percent", default=5, validators=[MaxValueValidator(50)]
    )
    bedrooms_min = models.PositiveSmallIntegerField("bedrooms from", null=True, blank=True)
    bedrooms_max = models.PositiveSmallIntegerField("bedrooms to", null=True, blank=True)
    bathrooms_min = models.PositiveSmallIntegerField("bathrooms from", null=True, blank=True)
    area_min = models.DecimalField("size from", max_digits=12, decimal_places=2, null=True, blank=True)
    area_max = models.DecimalField("size to", max_digits=12, decimal_places=2, null=True, blank=True)
    area_units = models.CharField(max_length=20, choices=AreaUnits.choices, default=AreaUnits.SQUARE_FEET)
    floor_min = models.SmallIntegerField("floor from", null=True, blank=True)
    furnished = models.CharField(
        max_length=20,
        choices=[choice for choice in Furnished.choices if choice[0] != Furnished.NEGOTIABLE],
        blank=True,
    )
    sub_types = ArrayField(
        models.CharField(max_length=30, choices=PropertySubType.choices),
        verbose_name="types",
        default=list,
        blank=True,
    )
    features_must = _features(verbose_name="must have")
    features_nice = _features(verbose_name="nice to have")
    move_in_by = models.DateField(null=True, blank=True)
    payment = models.CharField(max_length=10, choices=Payment.choices, default=Payment.UNKNOWN)
    musts = _names(default=default_musts)
    nices = _names(default=default_nices)
    is_active = models.BooleanField("still looking", default=True)
    places = models.ManyToManyField(Place, through="RequirementPlace", related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)

    area_min_sqm = _in_metres("area_min")
    area_max_sqm = _in_metres("area_max")
    # Kept by a trigger on RequirementPlace, so that matching reads one table.
    place_ids = ArrayField(models.BigIntegerField(), default=list, editable=False)
    # Where a listing must lie to come into question: the index by which a listing finds its customers.
    place_reach = models.GeneratedField(
        expression=Case(
            When(Q(musts__contains=[CriterionName.PLACES.value]) & ~Q(place_ids=[]), then=F("place_ids")),
            default=Value([ANYWHERE], output_field=ArrayField(models.BigIntegerField())),
        ),
        output_field=ArrayField(models.BigIntegerField()),
        db_persist=True,
    )

    objects = RequirementQuerySet.as_manager()

    class Meta:
        ordering = ["-is_active", "-modified_at", "-id"]
        indexes = [
            GinIndex(fields=["place_reach", "property_type"], condition=Q(is_active=True), name="requirement_reach"),
            models.Index(fields=["property_type", "currency", "price_max"], name="requirement_budget"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(price_min__isnull=True) | Q(price_max__isnull=True) | Q(price_min__lte=F("price_max")),
                name="requirement_budget_in_order",
                violation_error_message="The budget's lower end is above its upper end.",
            ),
            models.CheckConstraint(
                condition=Q(price_max__isnull=True) | Q(price_max__gt=0),
                name="requirement_budget_positive",
                violation_error_message="The budget must be more than 0.",
            ),
            models.CheckConstraint(
                condition=Q(bedrooms_min__isnull=True)
                | Q(bedrooms_max__isnull=True)
                | Q(bedrooms_min__lte=F("bedrooms_max")),
                name="requirement_bedrooms_in_order",
                violation_error_message="The fewest bedrooms are more than the most.",
            ),
            models.CheckConstraint(
                condition=Q(area_min__isnull=True) | Q(area_max__isnull=True) | Q(area_min__lte=F("area_max")),
                name="requirement_area_in_order",
                violation_error_message="The smallest size is above the largest.",
            ),
            models.CheckConstraint(
                condition=(Q(area_min__isnull=True) | Q(area_min__gt=0))
                & (Q(area_max__isnull=True) | Q(area_max__gt=0)),
                name="requirement_area_positive",
                violation_error_message="A size must be more than 0.",
            ),
            models.CheckConstraint(
                condition=~Q(musts__overlap=F("nices")),
                name="requirement_must_or_nice",
                violation_error_message="A criterion is a must or nice to have, not both.",
            ),
            models.CheckConstraint(
                condition=~Q(features_must__overlap=F("features_nice")),
                name="requirement_feature_must_or_nice",
                violation_error_message="A feature is a must or nice to have, not both.",
            ),
            models.CheckConstraint(
                condition=~Q(property_type=PropertyType.RESIDENTIAL) | Q(lease_amount_frequency=""),
                name="requirement_sale_has_no_rent_period",
            ),
        ]

    def __str__(self):
        return f"{self.customer_id}: {self.get_property_type_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        """The customer's own page, where matches stand."""
        return reverse("customers:detail", args=[self.customer.reference])

    @property
    def is_lease(self) -> bool:
        """Whether the customer wants to rent."""
        return self.property_type == PropertyType.RESIDENTIAL_LEASE

    @property
    def importance(self) -> dict[str, str]:
        """Each criterion's importance."""
        return {name: self.importance_of(name) for name in CriterionName.values}

    @importance.setter
    def importance(self, wanted: dict[str, str]) -> None:
        merged = self.importance | wanted
        self.musts = [name for name in CriterionName.values if merged[name] == Importance.MUST]
        self.nices = [name for name in CriterionName.values if merged[name] == Importance.NICE]

    def importance_of(self, name: str) -> str:
        """Whether that criterion is a must, nice, or does not matter."""
        if name in self.musts:
            return Importance.MUST.value
        return Importance.NICE.value if name in self.nices else Importance.ANY.value


class RequirementPlace(models.Model):
    """One of the places that would do: a city, a community or a building."""

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="place_rows")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        triggers = [keep_place_ids()]
        constraints = [models.UniqueConstraint(fields=["requirement", "place"], name="requirement_place_once")]

    def __str__(self):
        return str(self.place)
