"""Customers are imported too. New columns are empty or constant, so nothing is rewritten or scanned."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

LAST_RUN = models.ForeignKey(
    null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="imports.importrun"
)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("customers", "0003_search_of_an_erasure"), ("imports", "0001_runs_rows_and_sources")]

    operations = [
        migrations.CreateModel(
            name="CustomerRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=100)),
                ("key", models.CharField(max_length=240)),
                ("raw_digest", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=48)),
                ("values", models.JSONField(default=dict)),
                ("extra", models.JSONField(blank=True, default=dict)),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="source_records",
                        to="customers.customer",
                    ),
                ),
                ("first_run", LAST_RUN.clone()),
                ("last_run", LAST_RUN.clone()),
            ],
            options={
                "indexes": [models.Index(fields=["customer", "source"], name="customer_record_customer")],
                "constraints": [models.UniqueConstraint(fields=["source", "key"], name="customer_record_once")],
            },
        ),
        migrations.AddField(
            model_name="importrow",
            name="customer",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="import_rows",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="importrun",
            name="subject",
            field=models.CharField(
                choices=[("listings", "Listings"), ("customers", "Customers")], default="listings", max_length=10
            ),
        ),
        migrations.AlterField(
            model_name="importrow",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("new", "New"),
                    ("changed", "Changes what is here"),
                    ("same", "Same as before"),
                    ("refused", "Needs a fix"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="kept_count",
            field=models.PositiveIntegerField(
                default=0, verbose_name="rows that an undo left because people changed them"
            ),
        ),
        AddIndexConcurrently(
            model_name="importrow",
            index=models.Index(
                condition=models.Q(("customer", None), _negated=True), fields=["customer"], name="import_row_customer"
            ),
        ),
    ]
