"""Whose requirement an offer meets: what it has are values, what customers want are columns."""

from decimal import Decimal

from apps.listings.lookups import PropertyType
from apps.matching import conditions, sides
from apps.matching.asking import Asking, fill
from apps.matching.conditions import CRITERIA
from apps.matching.lookups import CriterionName as Name
from apps.matching.lookups import Importance
from apps.matching.models.requirement import ANYWHERE
from apps.matching.rates import current_rates
from apps.matching.sides import Offer

# One after the other for the rows found, by key: a join reads every customer first.
SOURCE = (
    "matching_requirement AS r CROSS JOIN LATERAL"
    " (SELECT * FROM customers_customer WHERE id = r.customer_id OFFSET 0) AS customers_customer"
)


def requirement_query(
    offer: Offer, visible: tuple[str, dict], told: tuple, *, leave_out=(), only=None, was: Decimal | None = None
) -> Asking:
    """Requirements in question; `told` are the features of the offer that are there, and those that are not.

    `visible` is SQL with parameters: whether a row of customers_customer may be named. With `was`, only those whose
    budget it did not fit at that price, and those in `only`.
    """
    values, parameters = sides.have_values(offer)
    values["have_yearly"] = sides.yearly(offer.property_type)
    if offer.property_type == PropertyType.RESIDENTIAL:
        values["want_frequency"] = "''"  # such a requirement has none
    columns = _columns(offer, visible[0], told)
    operands = columns | values
    columns = {name: fill(sql, operands) for name, sql in columns.items() if name not in values}
    inside = sides.below(offer.place_path)
    parameters |= {"present": told[0], "absent": told[1], "below": inside, "away": list(leave_out), "was": was}
    parameters |= {"reach": [ANYWHERE, *offer.place_path, *inside], "only": list(only or ())} | visible[1]
    parameters["kin"] = conditions.kin_of([offer.sub_type])
    return Asking(
        source=SOURCE,
        where=[fill(one, columns | values) for one in _where(offer, leave_out, was)],
        columns=columns,
        values=values,
        parameters=parameters,
        criteria=list(CRITERIA),
        undecided=[one for one in CRITERIA if not one.decides and one.level != Importance.NICE],
        weights={one.name: conditions.weight(one) for one in CRITERIA},
    )


def _columns(offer: Offer, is_named: str, told: tuple) -> dict[str, str]:
    is_kin = "true" if offer.sub_type in conditions.SUB_TYPE_UNKNOWN else "{want_sub_types} && %(kin)s::varchar[]"
    return {
        **sides.want_columns(),
        **_money(offer),
        **_counted(*told),
        "pk": "r.id",
        "customer_id": "r.customer_id",
        "is_named": is_named,
        "have_place_is_above": "{want_place_ids} && %(below)s::bigint[]",
        "have_sub_type_is_kin": is_kin,
    }


def _where(offer: Offer, leave_out, was) -> list[str]:
    where = [
        "r.is_active",
        "customers_customer.merged_into_id IS NULL",
        "customers_customer.erased_at IS NULL",
        "r.property_type = {have_property_type}",
    ]
    if offer.place_path:
        where.append("r.place_reach && %(reach)s::bigint[]")
    if leave_out:
        where.append("NOT r.id = ANY(%(away)s)")
    if was is not None:
        price = conditions.BY_NAME[Name.PRICE]
        before = price.off.replace("{have_worth}", "{have_worth_then}")
        where.append(f"(r.id = ANY(%(only)s) OR ({price.asked} AND ({before}) <> 0))")
    return where + [f"({one.quick} OR NOT {conditions.is_must(one)})" for one in CRITERIA if one.quick]


def _money(offer: Offer) -> dict[str, str]:
    """Price, now and then, and budget in one money; the price is NULL where there is no rate to the budget's."""
    rates, kind = sides.known_rates(offer.currency, current_rates()), offer.property_type
    is_known = "{want_currency} IN (" + ", ".join(f"'{name}'" for name in rates) + ")"
    now, then = (
        f"CASE WHEN {is_known} THEN {sides.worth_of_offer(price, rates, kind)} END"
        for price in ("{have_price}", "%(was)s::numeric")
    )
    return {"have_worth": now, "have_worth_then": then, **sides.wanted_money(rates, kind)}


def _counted(present: list[str], absent: list[str]) -> dict[str, str]:
    """How many features of each list of a requirement are known to be there, and known not to be."""
    columns = {}
    for name in ("features_must", "features_nice"):
        for which, keys, values in (("have_of", present, "present"), ("have_not_of", absent, "absent")):
            count = f"(SELECT count(*) FROM unnest({{want_{name}}}) AS w WHERE w = ANY(%({values})s::varchar[]))"
            columns[f"{which}_{name}"] = (
                f"CASE WHEN {{want_{name}}} <> '{{{{}}}}' THEN {count} ELSE 0 END" if keys else "0"
            )
    return columns
