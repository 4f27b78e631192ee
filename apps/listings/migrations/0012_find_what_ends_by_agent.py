"""Indexes for the mandates and permits of an agent's listings that end soon."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

ON_MARKET = ("Coming Soon", "Active", "Active Under Contract", "Pending")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("listings", "0011_find_on_offer_by_place")]
    operations = [
        AddIndexConcurrently(
            "listing",
            models.Index(
                fields=["list_agent", "mandate_until", "id"],
                condition=Q(standard_status__in=ON_MARKET),
                name="listing_mandate_of_agent",
            ),
        ),
        AddIndexConcurrently(
            "listing",
            models.Index(
                fields=["list_agent", "permit_until", "id"],
                condition=Q(standard_status__in=ON_MARKET),
                name="listing_permit_of_agent",
            ),
        ),
    ]
