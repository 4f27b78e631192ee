"""A plain post shows price, rooms, address and photos too, so what is on such sites is sent again."""

from django.db import migrations

from apps.website.profiles.shipped import bring_up_to_date

SHIPPED = "fbc97a686cfb"  # the mark of what is shipped with this version
SEND_AGAIN = """
UPDATE website_placement SET due_at = now()
WHERE is_up AND state <> 'linked'
  AND site_id IN (SELECT site.id FROM website_site site JOIN website_profile profile ON profile.id = site.profile_id
                  WHERE profile.slug = 'posts' AND profile.is_shipped)
"""


def write_profiles(apps, schema_editor):
    """Write the shipped profiles as the files say; what administrators wrote stays."""
    bring_up_to_date(apps.get_model("website", "Profile"))


class Migration(migrations.Migration):
    dependencies = [("website", "0010_shipped_profiles_say_what_is_sent")]
    operations = [
        migrations.RunPython(write_profiles, migrations.RunPython.noop),
        migrations.RunSQL(SEND_AGAIN, migrations.RunSQL.noop),
    ]
