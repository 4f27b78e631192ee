"""The apartments database: where (Place), what (Unit), on which terms (Listing, Mandate, Permit), and how it looks."""

from apps.listings.models.history import Note, PriceChange, StatusChange
from apps.listings.models.listing import Listing
from apps.listings.models.mandate import Mandate, Permit
from apps.listings.models.photo import Photo
from apps.listings.models.place import Place, SearchWord
from apps.listings.models.unit import Unit

__all__ = [
    "Listing",
    "Mandate",
    "Note",
    "Permit",
    "Photo",
    "Place",
    "PriceChange",
    "SearchWord",
    "StatusChange",
    "Unit",
]
