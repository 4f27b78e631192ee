"""An index for what is on offer at a price: matching asks by currency and period of the rent first."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("listings", "0012_find_what_ends_by_agent")]
    operations = [
        AddIndexConcurrently(
            "listing",
            models.Index(
                fields=["property_type", "currency", "lease_amount_frequency", "list_price"],
                condition=Q(standard_status__in=["Active", "Coming Soon"]),
                name="listing_on_offer_for",
            ),
        ),
    ]
