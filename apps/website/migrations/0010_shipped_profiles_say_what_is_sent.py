"""Easy Property Listings is sent sales alone."""

from django.db import migrations

from apps.website.profiles.shipped import bring_up_to_date

SHIPPED = "efbf41076c7e"  # the mark of what is shipped with this version


def write_profiles(apps, schema_editor):
    """Write the shipped profiles as the files say; what administrators wrote stays."""
    bring_up_to_date(apps.get_model("website", "Profile"))


class Migration(migrations.Migration):
    dependencies = [("website", "0009_photos_of_brought_posts")]
    operations = [migrations.RunPython(write_profiles, migrations.RunPython.noop)]
