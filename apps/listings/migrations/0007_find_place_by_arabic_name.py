"""An index for names of places in Arabic: without one each suggestion read and normalised every place, 90 ms for 3,000."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations

from apps.core.search import Normalise


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("listings", "0006_find_in_place_by_status")]
    operations = [
        AddIndexConcurrently(
            "place", GinIndex(OpClass(Normalise("name_ar"), "gin_trgm_ops"), name="place_name_ar_trigrams")
        ),
    ]
