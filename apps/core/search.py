"""The one rule by which text is compared in searches: lower case, no accents, Arabic letters in one form."""

from django.db.models import Func, TextField


class Normalise(Func):
    """SQL `crm_normalise(text)`: made in core's first migration, used by triggers, indexes and queries alike."""

    function = "crm_normalise"
    output_field = TextField()
