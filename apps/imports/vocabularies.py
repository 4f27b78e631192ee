"""What can be imported, and the fields of each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.imports.customers.fields import CUSTOMERS
from apps.imports.listings.fields import LISTINGS
from apps.imports.understanding.vocabulary import Vocabulary


class Subject(models.TextChoices):
    """What the rows of a file are."""

    LISTINGS = "listings", _("Listings")
    CUSTOMERS = "customers", _("Customers")


VOCABULARIES: dict[str, Vocabulary] = {each.subject: each for each in (LISTINGS, CUSTOMERS)}


def vocabulary_of(subject: str) -> Vocabulary:
    """The fields of a subject."""
    return VOCABULARIES[subject]
