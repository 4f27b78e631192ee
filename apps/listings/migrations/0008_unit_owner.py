"""The owner of a unit is a customer. The new column is empty, so nothing is rewritten or scanned."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("customers", "0001_customers"), ("listings", "0007_find_place_by_arabic_name")]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="owned_units",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="unithistory",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="customers.customer",
            ),
        ),
        AddIndexConcurrently(
            model_name="unit",
            index=models.Index(condition=models.Q(("owner__isnull", False)), fields=["owner"], name="unit_of_owner"),
        ),
    ]
