"""What people decided about a listing for a requirement."""

from decimal import Decimal

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.history import old_rows
from apps.listings.models import Listing
from apps.matching.lookups import DismissReason, Verdict
from apps.matching.models.requirement import Requirement


@pghistory.track(*old_rows(), model_name="DecisionHistory")
class Decision(models.Model):
    """The last word on one listing for one requirement. `seen` is what was wrong with it as it stood then."""

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="decisions")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="decisions")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.CharField(max_length=10, choices=DismissReason.choices, blank=True)
    line = models.CharField("in their words", max_length=300, blank=True)
    seen = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["listing", "verdict", "reason"], name="decision_of_listing")]
        constraints = [
            models.UniqueConstraint(fields=["requirement", "listing"], name="decision_once"),
            models.CheckConstraint(
                condition=(Q(verdict=Verdict.DISMISSED) & ~Q(reason=""))
                | (~Q(verdict=Verdict.DISMISSED) & Q(reason="")),
                name="decision_reason_of_dismissal",
                violation_error_message="Say what was wrong where a listing is dismissed, and only there.",
            ),
        ]

    def __str__(self):
        return f"{self.listing_id}: {self.get_verdict_display()}"

    def is_away(self, requirement: Requirement, listing: Listing) -> bool:
        """Whether the listing stays away from this customer: dismissed, and what was wrong has not changed.

        A lower price or a higher budget bring back what was too dear; more room, or less asked, what was too small;
        another place of the unit, or other places asked, what was too far. What was dismissed for another reason
        stays away until somebody takes the decision back.
        """
        if self.verdict != Verdict.DISMISSED:
            return False
        now = what_is_seen(requirement, listing)
        if self.reason == DismissReason.TOO_DEAR:
            return not (
                _less(now, self.seen, "price") or _moved(now, self.seen, "terms") or _more(now, self.seen, "price_max")
            )
        if self.reason == DismissReason.TOO_SMALL:
            return not (
                any(_more(now, self.seen, name) for name in ("bedrooms", "area"))
                or any(_less(now, self.seen, name) for name in ("bedrooms_min", "area_min"))
            )
        if self.reason == DismissReason.TOO_FAR:
            return not (_moved(now, self.seen, "place") or _moved(now, self.seen, "places"))
        return True


def what_is_seen(requirement: Requirement, listing: Listing) -> dict:
    """What may be wrong with the listing, and what was asked, as they stand now: JSON with amounts as text."""
    place = listing.place_path[-1] if listing.place_path else None
    return {
        "price": _text(listing.list_price),
        "terms": f"{listing.currency} {listing.lease_amount_frequency}".strip(),
        "bedrooms": _text(listing.bedrooms_total),
        "area": _text(listing.living_area_sqm),
        "place": place,
        "price_max": _text(requirement.price_max),
        "bedrooms_min": _text(requirement.bedrooms_min),
        "area_min": _text(requirement.area_min_sqm),
        "places": sorted(requirement.place_ids),
    }


def _text(value) -> str | None:
    return None if value is None else f"{Decimal(value):f}"


def _less(now: dict, seen: dict, name: str) -> bool:
    """Lower than it was, or no longer said at all."""
    if seen.get(name) is None:
        return False
    return now[name] is None or Decimal(now[name]) < Decimal(seen[name])


def _more(now: dict, seen: dict, name: str) -> bool:
    if seen.get(name) is None:
        return False
    return now[name] is None or Decimal(now[name]) > Decimal(seen[name])


def _moved(now: dict, seen: dict, name: str) -> bool:
    return name in seen and now[name] != seen[name]
