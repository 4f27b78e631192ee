"""What fits, in both directions, with score and reasons. Nothing is kept: each call asks the database.

matches_for(requirement, user)             -> [Match]       the requirement may be unsaved: set its `place_ids`
buyers_for(listing, user)                  -> Buyers(named=[Match], others=2, total=14)
buyers_for(Offer.of_unit(unit, ...), user) -> the same for a unit that is not listed yet
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Prefetch

from apps.customers.models import Customer
from apps.customers.queries import visible_rows
from apps.listings.models import Listing
from apps.matching import finding
from apps.matching.finding import Found
from apps.matching.for_requirement import FIELDS, MARKETABLE
from apps.matching.lookups import Verdict
from apps.matching.models import Decision, Requirement, Sending
from apps.matching.reasons import Reason, reasons
from apps.matching.sides import Offer

SHOWN = 25
# What reasons, rows and a message to many say of a requirement and of its customer; the rest stays in the database.
SAID = (
    *(name for names in FIELDS.values() for name in names),
    *("property_type", "currency", "lease_amount_frequency", "area_units", "musts", "nices"),
    *(f"customer__{name}" for name in ("reference", "kind", "full_name", "company_name", "do_not_contact")),
)
HEAVY = ("search_vector", "public_remarks", "private_remarks")


@dataclass
class Match:
    """One listing for one requirement. `reasons` begin with what people ask first; a row shows the first three."""

    listing: Listing | None
    requirement: Requirement
    score: int
    reasons: list[Reason]
    decision: Decision | None = None
    first_sending: Sending | None = None  # who told this customer of this listing first

    @property
    def customer(self) -> Customer:
        """Whose requirement it is."""
        return self.requirement.customer


@dataclass
class Buyers:
    """Customers for one listing: those whom the person may see, and how many others fit as well."""

    named: list[Match] = field(default_factory=list)
    others: int = 0
    total: int = 0
    among: int = 0  # how many of the total are in `only` of buyers_among


# -- Listings for a requirement ----------------------------------------------------------------------------------------
def matches_for(requirement: Requirement, user, *, limit: int = SHOWN) -> list[Match]:
    """The best listings for a requirement, the best first.

    Dismissed ones stay away (Decision.is_away). What was sent or liked and is no longer on offer stays, marked.
    """
    decisions = _decisions_of(requirement)
    away = [one.listing_id for one in decisions.values() if one.is_away(requirement, one.listing)]
    found = finding.listings_for(requirement, limit=limit, leave_out=away)
    gone = [
        one.listing_id
        for one in decisions.values()
        if one.verdict != Verdict.DISMISSED and one.listing.standard_status not in MARKETABLE
    ]
    if gone:
        found += finding.listings_for(requirement, limit=limit, only=gone)
    return _listing_matches(requirement, found, decisions, user)[:limit]


def matches_among(requirement: Requirement, listings, user) -> list[Match]:
    """How these very listings stand to the requirement, fitting or not: for rows that are shown anyway."""
    found = finding.listings_for(requirement, limit=len(listings), only=[listing.pk for listing in listings])
    return _listing_matches(requirement, found, _decisions_of(requirement), user)


def count_matches(requirement: Requirement) -> int:
    """How many listings come into question, without those that stay away."""
    return finding.count_listings(requirement, leave_out=away_from(requirement))


def away_from(requirement: Requirement) -> list[int]:
    """Keys of listings that this customer dismissed and whose fault has not changed."""
    return [pk for pk, one in _decisions_of(requirement).items() if one.is_away(requirement, one.listing)]


def _decisions_of(requirement) -> dict[int, Decision]:
    if requirement.pk is None:
        return {}
    rows = requirement.decisions.prefetch_related(Prefetch("listing", Listing.objects.defer(*HEAVY))).order_by()
    return {one.listing_id: one for one in rows}


def _listing_matches(requirement, found: list[Found], decisions, user) -> list[Match]:
    rows = Listing.objects.visible_to(user).select_related("unit").defer(*HEAVY).order_by()
    listings = rows.in_bulk([one.pk for one in found])
    sendings = _first_sendings(found)
    matches = []
    for one in found:
        if listing := listings.get(one.pk):
            match = _match(listing, requirement, one, Offer.of(listing))
            match.decision = decisions.get(listing.pk)
            match.first_sending = sendings.get(one.first_sending)
            matches.append(match)
    return sorted(matches, key=lambda match: (-match.score, -match.listing.pk))


def _match(listing, requirement, found, offer) -> Match:
    score = found.score if listing is None or listing.standard_status in MARKETABLE else found.score * 2 // 3
    return Match(listing, requirement, score, reasons(requirement, offer, found))


def _first_sendings(found: list[Found]) -> dict[int, Sending]:
    """The first time that each was told, by key."""
    return Sending.objects.prefetch_related("by").in_bulk([one.first_sending for one in found if one.first_sending])


# -- Customers for a listing -------------------------------------------------------------------------------------------
def buyers_for(offered: Listing | Offer, user, *, limit: int = SHOWN) -> Buyers:
    """The customers whom a listing fits best; those whom this person may not see are counted, not named."""
    offer = offered if isinstance(offered, Offer) else Offer.of(offered)
    return buyers_among(offer, user, limit=limit)


def buyers_among(offer: Offer, user, *, limit: int = SHOWN, was: Decimal | None = None, only=()) -> Buyers:
    """As `buyers_for`; with `was` only those whose budget it did not fit at that price, and those in `only`."""
    decisions = _decisions_on(offer.listing)
    away = [one.requirement_id for one in decisions.values() if one.is_away(one.requirement, offer.listing)]
    found = finding.requirements_for(
        offer, visible_customers(user), limit=limit, leave_out=away, was=was, only=set(only) - set(away)
    )
    total, named = (found[0].total, found[0].named) if found else (0, 0)
    named_rows = [one for one in found if one.is_named]
    rows = Requirement.objects.select_related("customer").only(*SAID).order_by().in_bulk([one.pk for one in named_rows])
    sendings = _first_sendings(named_rows)
    matches = []
    for one in named_rows:
        if requirement := rows.get(one.pk):
            match = _match(offer.listing, requirement, one, offer)
            match.decision = decisions.get(requirement.pk)
            match.first_sending = sendings.get(one.first_sending)
            matches.append(match)
    return Buyers(matches, total - named, total, found[0].among if found else 0)


def _decisions_on(listing: Listing | None) -> dict[int, Decision]:
    if listing is None or listing.pk is None:
        return {}
    return {one.requirement_id: one for one in listing.decisions.prefetch_related("requirement").order_by()}


def visible_customers(user) -> tuple[str, dict]:
    """SQL with named parameters: whether a row of customers_customer is of somebody whom this person may know of.

    '' where that is everybody. Who is gone (merged, erased) is not looked at.
    """
    seen = visible_rows(user)
    if not seen:
        return "", {}
    query = Customer.objects.filter(seen).order_by().query
    try:
        sql, values = query.where.as_sql(query.get_compiler(connection=connection), connection)
    except EmptyResultSet:
        return "false", {}
    for number in range(len(values)):
        sql = sql.replace("%s", f"%(visible_{number})s", 1)
    return f"coalesce({sql}, false)", {f"visible_{number}": value for number, value in enumerate(values)}
