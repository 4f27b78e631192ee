"""Name the function inside `crm_search_words` with its schema: a restore runs with an empty search path, and a generated
column that calls it could not be made there."""

from django.db import migrations

SEARCH_WORDS = r"""
CREATE OR REPLACE FUNCTION crm_search_words(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace({schema}crm_normalise(left(value, 20000)), '[^[:alnum:]]+', ' ', 'g')
$$
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0004_find_events_by_reference")]
    operations = [migrations.RunSQL(SEARCH_WORDS.format(schema="public."), SEARCH_WORDS.format(schema=""))]
