"""Property Hive gets the description."""

from django.db import migrations

from apps.website.profiles.shipped import bring_up_to_date

SHIPPED = "2355e79f97bd"  # the mark of what is shipped with this version


def write_profiles(apps, schema_editor):
    """Write the shipped profiles as the files say; what administrators wrote stays."""
    bring_up_to_date(apps.get_model("website", "Profile"))


class Migration(migrations.Migration):
    dependencies = [("website", "0006_adopting")]
    operations = [migrations.RunPython(write_profiles, migrations.RunPython.noop)]
