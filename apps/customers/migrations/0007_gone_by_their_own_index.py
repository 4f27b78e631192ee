"""Customers who were merged or erased, found without looking at those who are here."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("customers", "0006_sorted_by_agent")]
    operations = [
        AddIndexConcurrently(
            "customer",
            models.Index(
                fields=["id"],
                condition=models.Q(("merged_into__isnull", False), ("erased_at__isnull", False), _connector="OR"),
                name="customer_gone",
            ),
        ),
    ]
