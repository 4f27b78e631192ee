"""The agent's name of customers who are here already, in batches, and the index of that order, while people work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

AT_ONCE = 10_000
FILL = """
UPDATE customers_customer AS customer SET agent_key = crm_normalise(agent.full_name)
  FROM accounts_user AS agent
 WHERE agent.id = customer.agent_id AND customer.agent_key IS NULL AND customer.id BETWEEN %s AND %s
"""


def fill(apps, schema_editor):
    """Each batch is a transaction of its own."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM customers_customer")
        first, last = cursor.fetchone()
        for start in range(first or 0, (last or -1) + 1, AT_ONCE):
            cursor.execute(FILL, [start, start + AT_ONCE - 1])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("customers", "0005_by_agent")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        AddIndexConcurrently("customer", models.Index(fields=["agent_key", "id"], name="customer_by_agent")),
    ]
