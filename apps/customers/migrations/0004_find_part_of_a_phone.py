"""Every six digits in a row of a phone number, and an index of them: a part of a number among a million in no time."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations

from apps.customers.models.contact import Sixes

SIXES = """
CREATE FUNCTION crm_sixes(digits text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(substr(digits, n, 6)), '{}') FROM generate_series(1, length(digits) - 5) AS n
$$;
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("customers", "0003_search_of_an_erasure")]
    operations = [
        migrations.RunSQL(SIXES, "DROP FUNCTION crm_sixes(text)"),
        AddIndexConcurrently("phone", GinIndex(Sixes("digits"), name="phone_sixes")),
    ]
