"""An index for what is on offer and lies exactly here: a listing known by its community may be in a wanted building."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

from apps.listings.models.listing import OwnPlace


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("listings", "0010_owner_texts_unread")]
    operations = [
        AddIndexConcurrently(
            "listing",
            models.Index(
                OwnPlace("place_path"),
                condition=Q(standard_status__in=["Active", "Coming Soon"]),
                name="listing_on_offer_at",
            ),
        ),
    ]
