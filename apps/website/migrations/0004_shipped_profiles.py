"""The profiles that come with the CRM."""

from django.db import migrations

from apps.website.profiles.shipped import bring_up_to_date


def add_profiles(apps, schema_editor):
    """Write the shipped profiles as the files say."""
    bring_up_to_date(apps.get_model("website", "Profile"))


class Migration(migrations.Migration):
    dependencies = [("website", "0003_placements_due")]
    operations = [migrations.RunPython(add_profiles, migrations.RunPython.noop)]
