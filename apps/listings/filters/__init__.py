"""What an address of the listings list asks for: filters, words, order, page. Read here for every door."""

from apps.listings.filters.asked import Asked, read, read_view
from apps.listings.filters.catalogue import FILTERS, VIEWS

__all__ = ["FILTERS", "VIEWS", "Asked", "read", "read_view"]
