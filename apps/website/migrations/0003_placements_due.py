"""Whatever saves a listing, a site or a profile makes its placements due (apps/website/triggers.py)."""

from django.db import migrations

from apps.website.triggers import LISTING_SAVED, LISTING_SAVED_BACK, SITE_SAVED, SITE_SAVED_BACK


class Migration(migrations.Migration):
    dependencies = [("website", "0002_placements"), ("listings", "0011_find_on_offer_by_place")]
    operations = [
        migrations.RunSQL(LISTING_SAVED, LISTING_SAVED_BACK),
        migrations.RunSQL(SITE_SAVED, SITE_SAVED_BACK),
    ]
