"""What a viewing's fields may hold. `ShowingStatus` is RESO's; the words of feedback are the trade's."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ShowingStatus(models.TextChoices):
    """Where a viewing stands. `Denied`: the owner or tenant said no."""

    PENDING = "Pending", _("Not confirmed")
    CONFIRMED = "Confirmed", _("Confirmed")
    CANCELLED = "Cancelled", _("Cancelled")
    DENIED = "Denied", _("Denied")


# A viewing that does not happen keeps nobody from anything.
CALLED_OFF = (ShowingStatus.CANCELLED, ShowingStatus.DENIED)


class Verdict(models.TextChoices):
    """What the customer thought, as the three big buttons say it."""

    LIKED = "liked", _("Liked it")
    MAYBE = "maybe", _("Maybe")
    NO = "no", _("Not for them")


class Reason(models.TextChoices):
    """Why not, each where matching can act on it (apps/viewings/suggestions.py), then what no criterion knows."""

    TOO_DEAR = "too_dear", _("Too dear")
    TOO_SMALL = "too_small", _("Too small")
    BEDROOMS = "bedrooms", _("Too few bedrooms")
    BATHROOMS = "bathrooms", _("Too few bathrooms")
    FLOOR = "floor", _("Floor too low")
    FURNISHING = "furnishing", _("Furnishing")
    AREA = "area", _("Wrong area")
    CONDITION = "condition", _("Condition")
    VIEW = "view", _("View")
    NOISE = "noise", _("Noise")
    OTHER = "other", _("Something else")


class MailAbout(models.TextChoices):
    """What a mail tells."""

    BOOKED = "booked", _("Booked")
    MOVED = "moved", _("Moved")
    CONFIRMED = "confirmed", _("Confirmed")
    CALLED_OFF = "called_off", _("Called off")
    FEEDBACK = "feedback", _("What they said")


class MailTo(models.TextChoices):
    """Whom a mail is for."""

    CUSTOMER = "customer", _("Customer")
    OWNER = "owner", _("Owner")
    AGENT = "agent", _("Agent")
