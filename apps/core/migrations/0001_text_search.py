"""Extensions that every PostgreSQL has, and the function by which all text is compared."""

from django.contrib.postgres.operations import (
    BtreeGinExtension,
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

# Arabic: alef with hamza or madda, ya and ta marbuta are typed in any form; harakat and tatweel are decoration.
NORMALISE = r"""
CREATE OR REPLACE FUNCTION crm_normalise(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT translate(
    regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, value)),
                   '[\u064B-\u065F\u0670\u0640\u200B-\u200F\u202A-\u202E\u2066-\u2069]', '', 'g'),
    'أإآٱىةؤئ', 'اااايهوي')
$$
"""


# Words for full-text search: letters and digits only, because the parser reads the end of DH-5001 as a negative number.
SEARCH_WORDS = r"""
CREATE OR REPLACE FUNCTION crm_search_words(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace(crm_normalise(left(value, 20000)), '[^[:alnum:]]+', ' ', 'g')
$$
"""

# The shared cache holds sign-in limits, not data: it may be lost in a crash, so it is not logged.
CACHE_TABLE = """
CREATE UNLOGGED TABLE core_cache (
  cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX core_cache_expires ON core_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGinExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(CACHE_TABLE, "DROP TABLE core_cache"),
        migrations.RunSQL(NORMALISE, "DROP FUNCTION crm_normalise(text)"),
        migrations.RunSQL(SEARCH_WORDS, "DROP FUNCTION crm_search_words(text)"),
    ]
