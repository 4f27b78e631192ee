"""Free text over reference, building, unit, title and description: every word must occur, its end may be missing.

Words are compared as `crm_normalise` writes them, so accents, case and forms of Arabic letters make no difference. A
word that no listing has is mended by the nearest known word (names of places, and words learnt from listings).
"""

import difflib
from collections.abc import Sequence
from functools import lru_cache

from django.contrib.postgres.search import SearchQuery
from django.db import connection

from apps.core.counting import CHEAP_UP_TO, capped_counts

MOST_WORDS = 8
LONGEST_WORD = 60
# Nearest words: trigrams find the candidates, difflib judges them ("marnia" and "marina" share few trigrams).
CANDIDATES = """
    SELECT sought, ARRAY(
        SELECT word FROM listings_searchword WHERE similarity(word, sought) > 0.2
         ORDER BY similarity(word, sought) DESC, uses DESC LIMIT 25)
      FROM unnest(%s::text[]) AS sought
     WHERE NOT EXISTS (SELECT 1 FROM listings_searchword WHERE word LIKE sought || '%%')
"""
LIKENESS = 0.7


@lru_cache(maxsize=1000)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a search as the index spells them; empty when there is no letter or digit."""
    if not text.strip():
        return ()
    with connection.cursor() as cursor:
        cursor.execute("SELECT crm_search_words(%s)", [text[:300].replace("\x00", " ")])
        return tuple(word[:LONGEST_WORD] for word in cursor.fetchone()[0].split()[:MOST_WORDS])


def query_for(words: Sequence[str]) -> SearchQuery:
    """All of the words; each may be the beginning of a longer one, except a single letter."""
    terms = (f"{word}:*" if len(word) > 1 else word for word in words)
    return SearchQuery(" & ".join(terms), search_type="raw", config="simple")


def mended(words: Sequence[str], rows) -> list[str]:
    """The words, each that none of `rows` (a QuerySet) has replaced by the nearest known word, if one is near."""
    near = nearest_words(words)
    counts = capped_counts(*(rows.filter(search_vector=query_for([word])) for word in near), cap=CHEAP_UP_TO)
    unknown = {word for word, count in zip(near, counts, strict=True) if not count}
    return [near[word] if word in unknown else word for word in words]


def nearest_words(words: Sequence[str]) -> dict[str, str]:
    """For each word that begins no known one: the known word nearest to it, if one is near."""
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, [list(words)])
        candidates = cursor.fetchall()
    nearest = {word: difflib.get_close_matches(word, near, n=1, cutoff=LIKENESS) for word, near in candidates}
    return {word: near[0] for word, near in nearest.items() if near}
