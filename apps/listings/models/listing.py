"""A listing: one unit put on the market once."""

from datetime import date
from decimal import Decimal

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from apps.core.history import old_rows
from apps.core.models import Versioned
from apps.core.money import Currency, currency_field, money_field
from apps.core.search import Normalise
from apps.listings.lookups import (
    ENDED,
    NEXT_STATUSES,
    ON_MARKET,
    PER_YEAR,
    FeeFrequency,
    Furnished,
    OccupantType,
    PropertyType,
    StandardStatus,
)
from apps.listings.models.unit import Unit
from apps.listings.queries import ListingQuerySet
from apps.listings.triggers import fill_agent_name, fill_list_columns


class OwnPlace(Func):
    """The last of a path: the place that a listing itself lies in; 0 where it has none."""

    template = "coalesce((%(expressions)s)[array_upper(%(expressions)s, 1)], 0)"
    arity = 1
    output_field = models.BigIntegerField()


# Columns that triggers keep so that the list reads, filters and sorts one table. Nobody else writes them.
LIST_COLUMNS = [
    "place_path",
    "place_name",
    "community_name",
    "unit_number",
    "property_sub_type",
    "bedrooms_total",
    "bathrooms_total_integer",
    "living_area_sqm",
    "latitude",
    "longitude",
    "mandate_until",
    "permit_until",
    "photo_count",
    "cover",
    "search_vector",
    "list_agent_full_name",
    "sort_name",
    "sort_agent",
]


@pghistory.track(
    *old_rows(ignore=[*LIST_COLUMNS, "modification_timestamp", "version"]),
    model_name="ListingHistory",
    exclude=LIST_COLUMNS,
)
class Listing(Versioned):
    """Terms, texts and status of one time on the market. `listing_id` is RESO's ListingId, the reference people say."""

    listing_id = models.CharField("reference", max_length=40, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="listings")
    standard_status = models.CharField(
        "status", max_length=25, choices=StandardStatus.choices, default=StandardStatus.INCOMPLETE
    )
    property_type = models.CharField(
        "sale or rent", max_length=20, choices=PropertyType.choices, default=PropertyType.RESIDENTIAL
    )
    title = models.CharField(max_length=300, blank=True)
    public_remarks = models.TextField("description", blank=True)
    private_remarks = models.TextField("notes for colleagues", blank=True)
    showing_instructions = models.TextField("keys and access", blank=True)
    list_price = money_field(verbose_name="price", null=True, blank=True)
    original_list_price = money_field(null=True, blank=True, editable=False)
    previous_list_price = money_field(null=True, blank=True, editable=False)
    price_change_timestamp = models.DateTimeField(null=True, blank=True, editable=False)
    close_price = money_field(null=True, blank=True)
    currency = currency_field(default=Currency.AED)
    lease_amount_frequency = models.CharField("rent is", max_length=20, choices=FeeFrequency.choices, blank=True)
    commission_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    furnished = models.CharField(max_length=20, choices=Furnished.choices, blank=True)
    occupant_type = models.CharField("occupancy", max_length=20, choices=OccupantType.choices, blank=True)
    availability_date = models.DateField("available from", null=True, blank=True)
    internet_entire_listing_display_yn = models.BooleanField("owner agrees to publish", default=False)
    on_market_date = models.DateField(null=True, blank=True)
    off_market_date = models.DateField(null=True, blank=True)
    purchase_contract_date = models.DateField(null=True, blank=True)
    close_date = models.DateField(null=True, blank=True)
    list_agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="listings"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    original_entry_timestamp = models.DateTimeField(auto_now_add=True)
    modification_timestamp = models.DateTimeField(auto_now=True)

    place_path = ArrayField(models.BigIntegerField(), default=list, editable=False)
    place_name = models.CharField(max_length=160, default="", editable=False)
    community_name = models.CharField(max_length=160, default="", editable=False)
    unit_number = models.CharField(max_length=40, default="", editable=False)
    property_sub_type = models.CharField("type", max_length=30, default="", editable=False)
    bedrooms_total = models.PositiveSmallIntegerField(null=True, editable=False)
    bathrooms_total_integer = models.PositiveSmallIntegerField(null=True, editable=False)
    living_area_sqm = models.DecimalField(max_digits=20, decimal_places=4, null=True, editable=False)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, editable=False)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, editable=False)
    mandate_until = models.DateField(null=True, editable=False)
    permit_until = models.DateField(null=True, editable=False)
    photo_count = models.PositiveSmallIntegerField(default=0, editable=False)
    cover = models.CharField(max_length=120, default="", editable=False)
    search_vector = SearchVectorField(null=True, editable=False)
    list_agent_full_name = models.CharField(max_length=120, null=True, editable=False)
    sort_name = models.GeneratedField(
        expression=Normalise("place_name"), output_field=models.TextField(), db_persist=True
    )
    sort_agent = models.GeneratedField(
        expression=Normalise("list_agent_full_name"),
        output_field=models.TextField(null=True),
        db_persist=True,
    )

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["-modification_timestamp", "-id"]
        triggers = [fill_list_columns(), fill_agent_name()]
        indexes = [
            GinIndex(fields=["place_path", "standard_status", "property_type"], name="listing_in_place"),
            GinIndex(fields=["search_vector"], name="listing_search"),
            # One for each order of the list (apps/listings/filters/orders.py).
            models.Index(fields=["modification_timestamp", "id"], name="listing_by_change"),
            models.Index(fields=["sort_name", "unit_number", "id"], name="listing_by_name"),
            models.Index(fields=["standard_status", "modification_timestamp", "id"], name="listing_by_status"),
            models.Index(fields=["list_price", "id"], name="listing_by_price"),
            models.Index(fields=["bedrooms_total", "id"], name="listing_by_bedrooms"),
            models.Index(fields=["bathrooms_total_integer", "id"], name="listing_by_bathrooms"),
            models.Index(fields=["living_area_sqm", "id"], name="listing_by_area"),
            models.Index(fields=["mandate_until", "id"], name="listing_by_mandate"),
            models.Index(fields=["permit_until", "id"], name="listing_by_permit"),
            models.Index(fields=["sort_agent", "modification_timestamp", "id"], name="listing_by_agent_name"),
            # For filters that keep few rows.
            models.Index(fields=["list_agent", "modification_timestamp", "id"], name="listing_of_agent"),
            models.Index(fields=["property_sub_type", "modification_timestamp", "id"], name="listing_of_type"),
            models.Index(fields=["latitude", "longitude"], name="listing_on_map"),
            # What is on offer and lies exactly here: matching asks for places that are known only in part.
            models.Index(
                OwnPlace("place_path"),
                condition=Q(standard_status__in=[StandardStatus.ACTIVE, StandardStatus.COMING_SOON]),
                name="listing_on_offer_at",
            ),
            # What is on offer for a budget: each part of matching's condition on the price is a range of this.
            models.Index(
                fields=["property_type", "currency", "lease_amount_frequency", "list_price"],
                condition=Q(standard_status__in=[StandardStatus.ACTIVE, StandardStatus.COMING_SOON]),
                name="listing_on_offer_for",
            ),
            # What ends soon among an agent's listings on the market: a card of Today.
            models.Index(
                fields=["list_agent", "mandate_until", "id"],
                condition=Q(standard_status__in=ON_MARKET),
                name="listing_mandate_of_agent",
            ),
            models.Index(
                fields=["list_agent", "permit_until", "id"],
                condition=Q(standard_status__in=ON_MARKET),
                name="listing_permit_of_agent",
            ),
            models.Index(
                fields=["modification_timestamp", "id"],
                condition=Q(list_price__lt=F("previous_list_price")),
                name="listing_reduced",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(list_price__isnull=True) | Q(list_price__gt=0), name="listing_price_positive"
            ),
            models.CheckConstraint(condition=Q(standard_status__in=StandardStatus.values), name="listing_status_known"),
            models.CheckConstraint(
                condition=~Q(property_type=PropertyType.RESIDENTIAL) | Q(lease_amount_frequency=""),
                name="listing_sale_has_no_rent_period",
            ),
        ]

    def __str__(self):
        return self.listing_id

    def get_absolute_url(self) -> str:
        """The listing's own page."""
        return reverse("listings:detail", args=[self.listing_id])

    @property
    def label(self) -> str:
        """“Marina Gate 2, 2304”; the title where the address is not known."""
        parts = [self.place_name, self.unit_number]
        return ", ".join(part for part in parts if part) or self.title or self.listing_id

    @property
    def is_lease(self) -> bool:
        """Whether this is a letting."""
        return self.property_type == PropertyType.RESIDENTIAL_LEASE

    @property
    def other_property_type(self) -> PropertyType:
        """Rent for a sale, sale for a letting: a unit may be offered for both at one time."""
        return PropertyType.RESIDENTIAL if self.is_lease else PropertyType.RESIDENTIAL_LEASE

    @property
    def next_statuses(self) -> list[StandardStatus]:
        """What may follow the present status."""
        return [StandardStatus(value) for value in NEXT_STATUSES[self.standard_status]]

    @property
    def has_ended(self) -> bool:
        """Whether this time on the market is over."""
        return self.standard_status in ENDED

    def days_on_market(self, today: date) -> int | None:
        """Days from the day it went on the market to the day it left, or to `today`; None if it never was."""
        if self.on_market_date is None:
            return None
        return max(((self.off_market_date or today) - self.on_market_date).days, 0)

    @property
    def commission_amount(self) -> Decimal | None:
        """The commission in money: percent of the price, of a year's rent for a letting. None where one is unknown."""
        if self.list_price is None or self.commission_percent is None:
            return None
        times_a_year = PER_YEAR.get(self.lease_amount_frequency, 1) if self.is_lease else 1
        return self.list_price * times_a_year * self.commission_percent / 100
