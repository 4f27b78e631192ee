"""The words of matching: what can be asked for, how much it matters, how it fits, and what people decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Importance(models.TextChoices):
    """How much one criterion matters to the customer."""

    MUST = "must", _("Must have")
    NICE = "nice", _("Nice to have")
    ANY = "any", _("Does not matter")


class CriterionName(models.TextChoices):
    """What a customer may weigh. Features are must or nice by the list they stand in."""

    PRICE = "price", _("Budget")
    PLACES = "places", _("Areas")
    SUB_TYPES = "sub_types", _("Type")
    BEDROOMS = "bedrooms", _("Bedrooms")
    BATHROOMS = "bathrooms", _("Bathrooms")
    AREA = "area", _("Size")
    FLOOR = "floor", _("Floor")
    FURNISHED = "furnished", _("Furnishing")
    MOVE_IN = "move_in", _("Move-in")


# What matters how much where nobody said otherwise; every criterion stands in one of the two.
DEFAULT_MUSTS = [CriterionName.PRICE, CriterionName.PLACES, CriterionName.SUB_TYPES, CriterionName.BEDROOMS]
DEFAULT_NICES = [
    CriterionName.BATHROOMS,
    CriterionName.AREA,
    CriterionName.FLOOR,
    CriterionName.FURNISHED,
    CriterionName.MOVE_IN,
]


class Fit(models.TextChoices):
    """How a listing stands to one criterion. Unknown is never no."""

    FITS = "fits", _("Fits")
    NEAR = "near", _("Nearly fits")
    UNKNOWN = "unknown", _("Unknown")
    MISSED = "missed", _("Does not fit")


class Tone(models.TextChoices):
    """How a reason looks: the tags of the look."""

    OK = "ok", _("Fits")
    WARN = "warn", _("Nearly fits")
    NO = "no", _("Does not fit")
    ASK = "ask", _("Ask")


class Verdict(models.TextChoices):
    """What is decided about a listing for a requirement."""

    SENT = "sent", _("Sent")
    INTERESTED = "interested", _("Interested")
    DISMISSED = "dismissed", _("Not interested")


class DismissReason(models.TextChoices):
    """What was wrong with a listing. Each but the last says which change brings it back (models/decision.py)."""

    TOO_DEAR = "too_dear", _("Too dear")
    TOO_SMALL = "too_small", _("Too small")
    TOO_FAR = "too_far", _("Too far")
    OTHER = "other", _("Other")
