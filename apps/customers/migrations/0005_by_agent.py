"""The agent's name on each customer, by which the list is sorted; kept by triggers."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# The name is copied when a customer changes hands (trigger fill_agent_key) and when a person is renamed (here, because
# the accounts app does not know of customers).
AGENT_RENAMED = """
CREATE FUNCTION customer_agent_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE customers_customer SET agent_key = crm_normalise(NEW.full_name) WHERE agent_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER customer_agent_renamed AFTER UPDATE OF full_name ON accounts_user
  FOR EACH ROW WHEN (OLD.full_name IS DISTINCT FROM NEW.full_name) EXECUTE FUNCTION customer_agent_renamed();
"""
FORGET = "DROP TRIGGER customer_agent_renamed ON accounts_user; DROP FUNCTION customer_agent_renamed()"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_mails_that_leave_once"),
        ("customers", "0004_find_part_of_a_phone"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="agent_key",
            field=models.TextField(editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="customer",
            trigger=pgtrigger.compiler.Trigger(
                name="fill_agent_key",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            NEW.agent_key = (SELECT crm_normalise(full_name) FROM accounts_user WHERE id = NEW.agent_id);\n            RETURN NEW;\n        ",
                    hash="f4540da21e1414aaef1787982d97ed938f6ec8d2",
                    operation='INSERT OR UPDATE OF "agent_id"',
                    pgid="pgtrigger_fill_agent_key_cc3a0",
                    table="customers_customer",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(AGENT_RENAMED, FORGET),
    ]
