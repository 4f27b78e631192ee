"""The agency's one row and the system user, without which nothing runs."""

from django.db import migrations

SYSTEM_EMAIL = "system@realestatecrm.invalid"


def add_rows(apps, schema_editor):
    apps.get_model("accounts", "Agency").objects.get_or_create(pk=1)
    apps.get_model("accounts", "User").objects.get_or_create(
        email=SYSTEM_EMAIL, defaults={"full_name": "System", "role": "system", "password": "!"}
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_people_and_agency")]
    operations = [migrations.RunPython(add_rows, migrations.RunPython.noop)]
