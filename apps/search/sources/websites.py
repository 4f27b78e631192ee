"""Websites by name, mark or address."""

from collections.abc import Sequence

from django.db.models import Q

from apps.search.marks import marked
from apps.search.registry import Asked, Hit, Source
from apps.website import flags
from apps.website.models import Site

MOST = 3


def find(asked: Asked) -> list[Hit]:
    """Hits for websites in whose name each word begins a word, or whose mark or address was typed."""
    condition = Q()
    for word in asked.words:
        condition &= Q(name__istartswith=word) | Q(name__icontains=f" {word}")
    by_address = Q(initials__iexact=asked.text) | Q(url__icontains=asked.text)
    return [_hit(site, asked.words) for site in Site.objects.filter(condition | by_address)[:MOST]]


def recall(user, keys: Sequence[int]) -> dict[int, Hit]:
    """The websites of these numbers, as hits."""
    return {site.pk: _hit(site, ()) for site in Site.objects.filter(pk__in=keys)}


def _hit(site: Site, words) -> Hit:
    return Hit(site.get_absolute_url(), marked(site.name, words), site.url, icon="world")


SOURCE = Source(
    "websites", "Websites", "website.view_site", find, view="website:site", recall=recall, flag=flags.WEBSITE, order=60
)
