"""Learning which words occur in listings, so that misspelt ones can be mended by the nearest of them."""

from django.db import connection

from apps.core.counting import estimated_total
from apps.listings.models import Listing

SAMPLE = 50_000  # listings; words that matter are in such a sample of any stock
FEWEST_USES = 3  # less is as likely a slip as a word
LEARN = """
    INSERT INTO listings_searchword (word, uses)
    SELECT word, ndoc FROM ts_stat(%s) WHERE ndoc >= %s AND length(word) BETWEEN 4 AND 60 AND word !~ '[0-9]'
    ON CONFLICT (word) DO UPDATE SET uses = EXCLUDED.uses WHERE listings_searchword.uses <> EXCLUDED.uses
"""


def learn_search_words() -> int:
    """Take in the words of titles, descriptions and places with how many listings use them; return how many."""
    percent = min(100.0, 100 * SAMPLE / max(estimated_total(Listing), 1))
    listings = f"SELECT search_vector FROM listings_listing TABLESAMPLE SYSTEM ({percent:f})"  # noqa: S608 (a number)
    with connection.cursor() as cursor:
        cursor.execute(LEARN, [listings, FEWEST_USES])
        return cursor.rowcount
