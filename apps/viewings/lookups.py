"""What a viewing's fields may hold. `ShowingStatus` is RESO's; the words of feedback are the trade's."""

from django.db import models


class ShowingStatus(models.TextChoices):
    """Where a viewing stands. `Denied`: the owner or tenant said no."""

    PENDING = "Pending", "Not confirmed"
    CONFIRMED = "Confirmed", "Confirmed"
    CANCELLED = "Cancelled", "Cancelled"
    DENIED = "Denied", "Denied"


# A viewing that does not happen keeps nobody from anything.
CALLED_OFF = (ShowingStatus.CANCELLED, ShowingStatus.DENIED)


class Verdict(models.TextChoices):
    """What the customer thought, as the three big buttons say it."""

    LIKED = "liked", "Liked it"
    MAYBE = "maybe", "Maybe"
    NO = "no", "Not for them"


class Reason(models.TextChoices):
    """Why not, each where matching can act on it (apps/viewings/suggestions.py), then what no criterion knows."""

    TOO_DEAR = "too_dear", "Too dear"
    TOO_SMALL = "too_small", "Too small"
    BEDROOMS = "bedrooms", "Too few bedrooms"
    BATHROOMS = "bathrooms", "Too few bathrooms"
    FLOOR = "floor", "Floor too low"
    FURNISHING = "furnishing", "Furnishing"
    AREA = "area", "Wrong area"
    CONDITION = "condition", "Condition"
    VIEW = "view", "View"
    NOISE = "noise", "Noise"
    OTHER = "other", "Something else"


class MailAbout(models.TextChoices):
    """What a mail tells."""

    BOOKED = "booked", "Booked"
    MOVED = "moved", "Moved"
    CONFIRMED = "confirmed", "Confirmed"
    CALLED_OFF = "called_off", "Called off"
    FEEDBACK = "feedback", "What they said"


class MailTo(models.TextChoices):
    """Whom a mail is for."""

    CUSTOMER = "customer", "Customer"
    OWNER = "owner", "Owner"
    AGENT = "agent", "Agent"
