"""One index finds what lies in a place and stands there for sale or rent: two filters that nearly every search has."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("listings", "0005_indexes_of_the_list")]
    operations = [
        AddIndexConcurrently(
            "listing", GinIndex(fields=["place_path", "standard_status", "property_type"], name="listing_in_place")
        ),
        RemoveIndexConcurrently("listing", "listing_place_path"),
    ]
