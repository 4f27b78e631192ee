"""A requirement in the words of the screen: budget with its place on the market, bedrooms, size, timing, musts."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.cache import caches
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.core.templatetags.ui import number, short
from apps.core.units import AreaUnits
from apps.customers.lookups import Payment
from apps.listings.lookups import PropertySubType, StandardStatus
from apps.listings.models import Listing
from apps.matching.features import BY_KEY
from apps.matching.lookups import CriterionName, Importance

SAMPLE = 500
KEPT_SECONDS = 600


@dataclass(frozen=True)
class BudgetBar:
    """Where a budget lies on the market, in percent, with the market's own ends."""

    start: int
    width: int
    low: str
    high: str
    sentence: str


@dataclass(frozen=True)
class LookingFor:
    """What the left block of a customer's page shows."""

    budget: str
    bar: BudgetBar | None
    facts: list[tuple[str, str]]
    areas: list[str]
    musts: list[str]
    nices: list[str]
    beds: str = ""


def looking_for(requirement) -> LookingFor:
    """The requirement as people say it."""
    facts = [
        (_("Type"), ", ".join(str(PropertySubType(key).label) for key in requirement.sub_types)),
        (_("Bedrooms"), rooms(requirement.bedrooms_min, requirement.bedrooms_max)),
        (_("Size"), size(requirement)),
        (_("Timing"), _("by %(day)s") % {"day": _day(requirement.move_in_by)} if requirement.move_in_by else ""),
        (_("Payment"), str(Payment(requirement.payment).label) if requirement.payment != Payment.UNKNOWN else ""),
    ]
    return LookingFor(
        budget=budget(requirement),
        bar=budget_bar(requirement),
        facts=[(label, text) for label, text in facts if text],
        areas=[place.name for place in requirement.places.all()],
        musts=_weighed(requirement, Importance.MUST) + labels(requirement.features_must),
        nices=_weighed(requirement, Importance.NICE) + labels(requirement.features_nice),
        beds=beds(requirement),
    )


def title(requirement) -> str:
    """“Buy, 2 or 3 beds”: what tells one requirement of a customer from another; the budget where nothing else does."""
    verb = _("Rent") if requirement.is_lease else _("Buy")
    parts = [beds(requirement), *[place.name for place in requirement.places.all()][:2]]
    return ", ".join(part for part in (verb, *(parts if any(parts) else [budget(requirement)])) if part)


def beds(requirement) -> str:
    """The bedrooms within a line: “2 or 3 beds”, “Studio or 1 bed”, “Studio”."""
    low, high = requirement.bedrooms_min, requirement.bedrooms_max
    text = rooms(low, high)
    if not text or high == 0 or (low == 0 and high is None):
        return text
    return (_("%(count)s bed") if high == 1 else _("%(count)s beds")) % {"count": text}


def budget(requirement) -> str:
    """“AED 2.0M to 2.5M”, “up to AED 2.5M”, with what a rent is paid for."""
    low, high, currency = requirement.price_min, requirement.price_max, requirement.currency
    period = ""
    if requirement.is_lease:
        period = " " + (requirement.get_lease_amount_frequency_display() or _("a year"))
    if low and high:
        return _("%(currency)s %(low)s to %(high)s") % _money(currency, low, high) + period
    if high:
        return _("up to %(currency)s %(high)s") % _money(currency, low, high) + period
    return _("from %(currency)s %(low)s") % _money(currency, low, high) + period if low else ""


def rooms(low, high) -> str:
    """“2 or 3”, “2 to 4”, “from 2”, “Studio”, “Studio or more”."""
    if low is None and high is None:
        return ""
    if low is None:
        return _("up to %(most)s") % {"most": _room(high)}
    if high is None:
        return _("from %(least)s") % {"least": _room(low)} if low else _("Studio or more")
    if low == high:
        return _room(low)
    words = _("%(least)s or %(most)s") if high - low == 1 else _("%(least)s to %(most)s")
    return words % {"least": _room(low), "most": _room(high)}


def size(requirement) -> str:
    """“from 1,250 ft²”."""
    low, high = requirement.area_min, requirement.area_max
    unit = AreaUnits(requirement.area_units).label
    if low and high:
        return _("%(low)s to %(high)s %(unit)s") % {"low": number(low), "high": number(high), "unit": unit}
    if low:
        return _("from %(low)s %(unit)s") % {"low": number(low), "unit": unit}
    return _("up to %(high)s %(unit)s") % {"high": number(high), "unit": unit} if high else ""


def labels(keys) -> list[str]:
    """Features in words."""
    return [str(BY_KEY[key].label) for key in keys if key in BY_KEY]


def budget_bar(requirement) -> BudgetBar | None:
    """The budget on the market of the same purpose and currency; None where either is unknown."""
    if not (requirement.price_min or requirement.price_max):
        return None
    market = _market(requirement.property_type, requirement.currency)
    if market is None:
        return None
    low, high = market
    start = _percent(requirement.price_min or low, low, high)
    end = _percent(requirement.price_max or high, low, high)
    ends = {"currency": requirement.currency, "low": short(low), "high": short(high)}
    sentence = _("%(budget)s of a market from %(currency)s %(low)s to %(high)s")
    return BudgetBar(
        start=min(start, 97),
        width=max(end - start, 3),
        low=ends["low"],
        high=ends["high"],
        sentence=sentence % (ends | {"budget": budget(requirement)}),
    )


def _market(property_type, currency) -> tuple[Decimal, Decimal] | None:
    """What most listings on the market cost: from the 4th to the 96th of a hundred among the last changed."""
    key = f"matching:market:{property_type}:{currency}"
    found = caches["process"].get(key)
    if found is None:
        rows = Listing.objects.filter(
            standard_status=StandardStatus.ACTIVE, property_type=property_type, currency=currency
        ).exclude(list_price=None)
        prices = sorted(rows.order_by("-modification_timestamp").values_list("list_price", flat=True)[:SAMPLE])
        found = (_round(prices[len(prices) * 4 // 100]), _round(prices[len(prices) * 96 // 100 - 1])) if prices else ()
        caches["process"].set(key, found, KEPT_SECONDS)
    return found if found and found[0] < found[1] else None


def _round(amount: Decimal) -> Decimal:
    step = Decimal(10) ** (amount.adjusted())
    return (amount / step * 2).to_integral_value() / 2 * step


def _percent(amount, low, high) -> int:
    return int(min(max((amount - low) / (high - low) * 100, 0), 100))


def _weighed(requirement, weight) -> list[str]:
    """Floor, furnishing and bathrooms stand among the musts or the nices; the others have lines of their own."""
    said = {
        CriterionName.FLOOR: _("Floor %(floor)s+") % {"floor": requirement.floor_min},
        CriterionName.FURNISHED: requirement.get_furnished_display(),
        CriterionName.BATHROOMS: _("%(count)s+ baths") % {"count": requirement.bathrooms_min},
    }
    asked = {
        CriterionName.FLOOR: requirement.floor_min is not None,
        CriterionName.FURNISHED: bool(requirement.furnished),
        CriterionName.BATHROOMS: requirement.bathrooms_min is not None,
    }
    return [str(said[name]) for name in said if asked[name] and requirement.importance_of(name) == weight]


def _room(count) -> str:
    return _("Studio") if count == 0 else str(count)


def _money(currency, low, high) -> dict:
    return {"currency": currency, "low": short(low), "high": short(high)}


def _day(day) -> str:
    return date_format(day, "j M Y")
