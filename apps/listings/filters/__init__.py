"""What an address of the listings list may ask for: its filters, built-in views and orders."""

from apps.listings.filters.catalogue import FILTERS, VIEWS

__all__ = ["FILTERS", "VIEWS"]
