"""Indexes for the orders and filters of the list, built while people work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("listings", "0004_columns_to_sort_by")]
    operations = [
        AddIndexConcurrently(
            "listing", models.Index(fields=["modification_timestamp", "id"], name="listing_by_change")
        ),
        AddIndexConcurrently(
            "listing", models.Index(fields=["sort_name", "unit_number", "id"], name="listing_by_name")
        ),
        AddIndexConcurrently(
            "listing",
            models.Index(fields=["standard_status", "modification_timestamp", "id"], name="listing_by_status"),
        ),
        AddIndexConcurrently("listing", models.Index(fields=["list_price", "id"], name="listing_by_price")),
        AddIndexConcurrently("listing", models.Index(fields=["bedrooms_total", "id"], name="listing_by_bedrooms")),
        AddIndexConcurrently(
            "listing", models.Index(fields=["bathrooms_total_integer", "id"], name="listing_by_bathrooms")
        ),
        AddIndexConcurrently("listing", models.Index(fields=["living_area_sqm", "id"], name="listing_by_area")),
        AddIndexConcurrently("listing", models.Index(fields=["mandate_until", "id"], name="listing_by_mandate")),
        AddIndexConcurrently("listing", models.Index(fields=["permit_until", "id"], name="listing_by_permit")),
        AddIndexConcurrently(
            "listing", models.Index(fields=["sort_agent", "modification_timestamp", "id"], name="listing_by_agent_name")
        ),
        AddIndexConcurrently(
            "listing", models.Index(fields=["list_agent", "modification_timestamp", "id"], name="listing_of_agent")
        ),
        AddIndexConcurrently(
            "listing",
            models.Index(fields=["property_sub_type", "modification_timestamp", "id"], name="listing_of_type"),
        ),
        AddIndexConcurrently("listing", models.Index(fields=["latitude", "longitude"], name="listing_on_map")),
        AddIndexConcurrently(
            "listing",
            models.Index(
                condition=models.Q(list_price__lt=F("previous_list_price")),
                fields=["modification_timestamp", "id"],
                name="listing_reduced",
            ),
        ),
    ]
