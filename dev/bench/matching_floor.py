"""The floor of matching: SQL by hand for the rows of the bench, in both directions.

The keys of what comes into question, and the best of them with their scores; before them what must be looked up to ask
so: what places lie in, what lies in them, which features are told of. By hand is for dirhams, a year's rent and default
importance; words and views that tell of a feature are those of the table.
"""

from decimal import Decimal

from apps.listings.models import Listing
from apps.matching.features import BY_KEY
from apps.matching.matches import SHOWN
from apps.matching.models import Requirement
from apps.matching.models.requirement import ANYWHERE
from apps.matching.sides import OWN_PLACE, Offer, above, known_of, states

ROUNDING = Decimal("0.005")  # of a percent: how far off a price is, is rounded to a hundredth
UNIT = " CROSS JOIN LATERAL (SELECT * FROM listings_unit WHERE id = l.unit_id OFFSET 0) AS u"
REQUIREMENTS = (
    "matching_requirement AS r CROSS JOIN LATERAL"
    " (SELECT merged_into_id, erased_at FROM customers_customer WHERE id = r.customer_id OFFSET 0) AS c"
)
# A share of what a criterion weighs, for a number that may be below the least or above the most.
SHARE = (
    "CASE WHEN {have} IS NULL THEN float8 '0.5' WHEN {have} < {least} THEN {below} WHEN {have} > {most} THEN {above}"
    " ELSE 1 END"
)
FEW = "greatest(CASE WHEN {off} <= {near} THEN float8 '0.8' - float8 '0.4' * ({off}) / {near} ELSE 0 END, 0)"


# -- Listings for a requirement ----------------------------------------------------------------------------------------
def looked_up_for_wish(wish: Requirement) -> list[str]:
    """What the wanted places lie in."""
    return [f"SELECT path FROM listings_place WHERE id = ANY ('{array(wish.place_ids)}')"] if wish.place_ids else []


def candidate_listings(wish: Requirement) -> str:
    """Keys of the listings in question, in any order."""
    unit = UNIT if len(wish.features_must) > 1 else ""
    return f"SELECT l.id FROM listings_listing AS l{unit} WHERE {_listings(wish)}"


def ranked_listings(wish: Requirement) -> str:
    """The best of them with their scores."""
    terms, needs_unit = _terms_of_wish(wish)
    weight = sum(weight for weight, _ in terms)
    earned = " + ".join(f"{weight} * {share}" for weight, share in terms)
    score = f"floor(100 * ({earned}) / {weight} + 0.5 + 1e-9)::int"
    unit = UNIT if needs_unit or len(wish.features_must) > 1 else ""
    return (
        f"SELECT l.id, {score} AS score FROM listings_listing AS l{unit} WHERE {_listings(wish)}"
        f" ORDER BY score DESC, l.id DESC LIMIT {SHOWN}"
    )


def _listings(wish: Requirement) -> str:
    where = [f"l.property_type = '{wish.property_type}'", "l.standard_status IN ('Active', 'Coming Soon')"]
    where.append(f"l.currency = 'AED' AND l.lease_amount_frequency = '{'Annually' if wish.is_lease else ''}'")
    tolerance = wish.price_tolerance_percent + ROUNDING
    high = wish.price_max * (100 + tolerance) / 100
    low = (wish.price_min or 0) * (100 - tolerance) / 100
    where.append(f"(l.list_price IS NULL OR l.list_price > {low} AND l.list_price < {high})")
    if wish.bedrooms_min is not None:
        most = 99 if wish.bedrooms_max is None else wish.bedrooms_max + 1
        where.append(f"(l.bedrooms_total IS NULL OR l.bedrooms_total BETWEEN {wish.bedrooms_min - 1} AND {most})")
    if wish.sub_types:
        kinds = "{Villa,Townhouse,Chalet}" if "Villa" in wish.sub_types else "{Apartment}"
        where.append(f"l.property_sub_type = ANY ('{kinds}')")
    if wish.place_ids:
        outer = array(above(wish.place_ids))
        where.append(f"(l.place_path && '{array(wish.place_ids)}' OR {OWN_PLACE} = ANY ('{outer}'))")
    if len(wish.features_must) > 1:  # of two musts one may be missing
        where.append("NOT (u.view <> '' AND u.view !~* 'marina' AND u.parking_total < 1)")
    return " AND ".join(where)


def _terms_of_wish(wish: Requirement) -> tuple[list[tuple[int, str]], bool]:
    """Weight and share of each criterion, and whether the unit's own row is looked at."""
    tolerance = wish.price_tolerance_percent
    terms = [(3, number("l.list_price", wish.price_min, wish.price_max, tolerance, is_percent=True))]
    if wish.bedrooms_min is not None:
        terms.append((3, number("l.bedrooms_total", wish.bedrooms_min, wish.bedrooms_max, 1)))
    if wish.sub_types:
        kinds = array(wish.sub_types)
        terms.append((3, f"CASE WHEN l.property_sub_type = ANY ('{kinds}') THEN 1 ELSE float8 '0.4' END"))
    if wish.place_ids:
        terms.append((3, f"CASE WHEN l.place_path && '{array(wish.place_ids)}' THEN 1 ELSE float8 '0.5' END"))
    if wish.bathrooms_min is not None:
        terms.append((1, number("l.bathrooms_total_integer", wish.bathrooms_min, None, 1)))
    if wish.area_min_sqm is not None:
        terms.append((1, number("l.living_area_sqm", wish.area_min_sqm, None, 10, is_percent=True)))
    if wish.floor_min is not None:
        terms.append((1, number("u.entry_level", wish.floor_min, None, 5)))
    for weight, keys in ((3, wish.features_must), (1, wish.features_nice)):
        if keys:
            told = states(keys, "u.view", "u.parking_total", "l.search_vector").values()
            shares = (f"CASE {one} WHEN true THEN 1 WHEN false THEN 0 ELSE float8 '0.5' END" for one in told)
            terms.append((weight, f"({' + '.join(shares)}) / {len(keys)}"))
    return terms, wish.floor_min is not None or any("u." in share for _, share in terms)


# -- Requirements for a listing ----------------------------------------------------------------------------------------
def looked_up_for_listing(listing: Listing) -> list[str]:
    """What lies in its place."""
    if not listing.place_path:
        return []
    place = listing.place_path[-1]
    return [f"SELECT id FROM listings_place WHERE path @> '{array([place])}' AND id <> {place}"]


def told_of_listing(listing: Listing) -> list[str]:
    """Which features its texts and its unit tell of."""
    told = states(list(BY_KEY), "u.view", "u.parking_total", "l.search_vector").values()
    return [f"SELECT {', '.join(told)} FROM listings_listing AS l{UNIT} WHERE l.id = {listing.pk}"]


def candidate_buyers(listing: Listing) -> str:
    """Keys of the requirements in question, in any order."""
    return f"SELECT r.id FROM {REQUIREMENTS} WHERE {_requirements(listing)}"


def ranked_buyers(listing: Listing) -> str:
    """The best of them with their scores, each customer once, and how many there are."""
    terms = _terms_of_offer(Offer.of(listing))
    weighs = " + ".join(f"CASE WHEN {asked} THEN {weight} ELSE 0 END" for asked, weight, _ in terms)
    earned = " + ".join(f"CASE WHEN {asked} THEN {weight} * ({share}) ELSE 0 END" for asked, weight, share in terms)
    score = f"coalesce(floor(100 * ({earned}) / nullif({weighs}, 0) + 0.5 + 1e-9)::int, 100)"
    scored = f"SELECT r.id, r.customer_id, {score} AS score FROM {REQUIREMENTS} WHERE {_requirements(listing)} OFFSET 0"
    return (
        "SELECT id, score, count(*) OVER () FROM (SELECT DISTINCT ON (customer_id) id, score"
        f" FROM ({scored}) AS scored ORDER BY customer_id, score DESC, id DESC) AS best"
        f" ORDER BY score DESC, id DESC LIMIT {SHOWN}"
    )


def _requirements(listing: Listing) -> str:
    inside = [ANYWHERE, *listing.place_path, *known_of(Offer.of(listing)).inside]
    where = [
        "r.is_active",
        f"r.property_type = '{listing.property_type}'",
        f"r.place_reach && '{array(inside)}'",
        "c.merged_into_id IS NULL AND c.erased_at IS NULL",
    ]
    if listing.list_price is not None:
        price = listing.list_price
        tolerance = f"(r.price_tolerance_percent + {ROUNDING})"
        where.append(f"(r.price_max IS NULL OR {price} < r.price_max * (100 + {tolerance}) / 100)")
        where.append(f"(r.price_min IS NULL OR {price} > r.price_min * (100 - {tolerance}) / 100)")
    if listing.bedrooms_total is not None:
        where.append(f"(r.bedrooms_min IS NULL OR {listing.bedrooms_total} >= r.bedrooms_min - 1)")
        where.append(f"(r.bedrooms_max IS NULL OR {listing.bedrooms_total} <= r.bedrooms_max + 1)")
    kin = "{Villa,Townhouse}" if listing.property_sub_type in ("Villa", "Chalet") else "{Apartment}"
    where.append(f"(r.sub_types = '{{}}' OR r.sub_types && '{kin}')")
    return " AND ".join(where)


def _terms_of_offer(offer: Offer) -> list[tuple[str, int, str]]:
    """When each criterion is asked, what it weighs, and the share of it."""
    known = known_of(offer)
    tolerance, path, inside = "r.price_tolerance_percent", array(offer.place_path), array(known.inside)
    kind = f"CASE WHEN '{offer.sub_type}' = ANY (r.sub_types) THEN 1 ELSE float8 '0.4' END"
    place = f"CASE WHEN r.place_ids && '{path}' THEN 1 WHEN r.place_ids && '{inside}' THEN float8 '0.5' ELSE 0 END"
    terms = [
        ("true", 3, number(offer.price, "r.price_min", "r.price_max", tolerance, is_percent=True)),
        ("r.bedrooms_min IS NOT NULL", 3, number(offer.bedrooms, "r.bedrooms_min", "r.bedrooms_max", 1)),
        ("r.sub_types <> '{}'", 3, kind),
        ("r.place_ids <> '{}'", 3, place),
        ("r.bathrooms_min IS NOT NULL", 1, number(offer.bathrooms, "r.bathrooms_min", None, 1)),
        ("r.area_min_sqm IS NOT NULL", 1, number(offer.area, "r.area_min_sqm", None, 10, is_percent=True)),
        ("r.floor_min IS NOT NULL", 1, number(offer.floor, "r.floor_min", None, 5)),
    ]
    here, missing = (_sum(keys) for keys in (known.present, known.absent))
    for weight, name in ((3, "r.features_must"), (1, "r.features_nice")):
        known = (
            f"{here.format(name)} + float8 '0.5' * (cardinality({name}) - {here.format(name)} - {missing.format(name)})"
        )
        terms.append((f"{name} <> '{{}}'", weight, f"({known}) / cardinality({name})"))
    return terms


def _sum(keys: list[str]) -> str:
    """SQL: how many of these features stand in a list."""
    return "(" + (" + ".join(f"('{key}' = ANY ({{0}}))::int" for key in keys if key in BY_KEY) or "0") + ")"


# -- Both --------------------------------------------------------------------------------------------------------------
def number(have, least, most, near, *, is_percent: bool = False) -> str:
    """SQL of the share that a number earns."""
    off = "round(({1} - {0}) * 100 / {2}, 2)::float8" if is_percent else "{1} - {0}"
    have, least, most = ("NULL::numeric" if one is None else str(one) for one in (have, least, most))
    return SHARE.format(
        have=have,
        least=least,
        most=most,
        below=FEW.format(off=off.format(have, least, least), near=near),
        above=FEW.format(off=off.format(most, have, most), near=near),
    )


def array(values) -> str:
    """A literal of an array."""
    return "{" + ",".join(str(value) for value in values) + "}"
