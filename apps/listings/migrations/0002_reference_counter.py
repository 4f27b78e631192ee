"""The counter behind references of listings whose building or unit number is not known."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("listings", "0001_apartments_database")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE listings_reference START 100001", "DROP SEQUENCE listings_reference")
    ]
