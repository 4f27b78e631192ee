"""What the phone page shows of what is typed: the caller, the search as a requirement, and what fits it."""

from copy import copy
from dataclasses import dataclass, field
from datetime import datetime

from apps.calls.forms import CallForm
from apps.calls.slots import Day, days_for
from apps.calls.who import Who, who_calls
from apps.core.units import convert_area, to_square_metres
from apps.customers.models import Customer
from apps.listings.forms.fields import plain_amount
from apps.listings.models import Listing
from apps.matching.forms.places import places_of
from apps.matching.matches import Match, count_matches, matches_among, matches_for
from apps.matching.models import Requirement

SHOWN = 12
METRES = (("area_min", "area_min_sqm"), ("area_max", "area_max_sqm"))


@dataclass
class Row:
    """One listing of the page: whether it is ticked, when it could be shown, and why a time was refused."""

    match: Match
    is_picked: bool = False
    slot: datetime | None = None
    days: list[Day] = field(default_factory=list)
    error: str = ""

    @property
    def listing(self) -> Listing:
        """What is offered."""
        return self.match.listing


def caller(typed: CallForm, user) -> Who:
    """Who is meant by what is typed."""
    data = typed.cleaned_data
    return who_calls(data.get("number") or "", data.get("customer") or "", user)


def chosen_search(typed: CallForm, who: Who) -> Requirement | None:
    """Which of the caller's searches the fields belong to; None for a new one."""
    key = typed.cleaned_data.get("requirement") or ""
    return next((one for one in who.requirements if str(one.pk) == key), None)


def wish(typed: CallForm, search: Requirement | None) -> Requirement:
    """What is typed as a requirement that is not saved."""
    requirement = copy(search) if search else Requirement(customer=Customer())
    for name, value in typed.wishes().items():
        if name != "places":
            setattr(requirement, name, value)
    requirement.place_ids = [place.pk for place in typed.cleaned_data.get("places") or []]
    for name, metric in METRES:
        value = getattr(requirement, name)
        setattr(requirement, metric, None if value is None else to_square_metres(value, requirement.area_units))
    return requirement


def what_fits(typed: CallForm, who: Who, user, refused: dict | None = None) -> dict:
    """Context of `calls/matches.html`: ticked listings stay in view whatever is typed after."""
    search = chosen_search(typed, who)
    is_empty = typed.is_empty and search is None
    requirement = wish(typed, search)
    found = [] if is_empty else matches_for(requirement, user, limit=SHOWN)
    picks = {pick.listing: pick.slot for pick in typed.picks()}
    rows = [Row(match) for match in found]
    others = set(picks) - {match.listing.pk for match in found}
    if others:
        listings = Listing.objects.visible_to(user).filter(pk__in=others).defer("search_vector")
        rows += [Row(match) for match in matches_among(requirement, list(listings), user)]
    for row in rows:
        if row.listing.pk in picks:
            _mark(row, picks, user, refused or {})
    fitting = len(found) if len(found) < SHOWN else count_matches(requirement)
    return {"rows": rows, "fitting": fitting, "is_empty": is_empty}


def _mark(row: Row, picks, user, refused) -> None:
    listing = row.listing
    refusal = refused.get(listing.pk)
    others = [slot for pk, slot in picks.items() if slot and pk != listing.pk]
    row.is_picked, row.slot = True, picks[listing.pk]
    row.days = days_for(listing, user, row.slot, others, getattr(refusal, "slots", ()))
    row.error = " ".join(refusal.sentences) if refusal else ""


def typed_again(search: Requirement, area_units: str) -> dict:
    """A saved search as initial values of the form."""
    size = search.area_min
    return {
        "requirement": str(search.pk),
        "property_type": search.property_type,
        "price_min": search.price_min,
        "price_max": search.price_max,
        "bedrooms_min": search.bedrooms_min,
        "bedrooms_max": search.bedrooms_max,
        "area_min": None if size is None else plain_amount(convert_area(size, search.area_units, area_units)),
        "places": places_of(search.place_ids),
        "features_must": search.features_must,
    }
