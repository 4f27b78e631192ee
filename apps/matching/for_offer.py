"""Whose requirement an offer meets: what it has are values, what customers want are columns."""

from decimal import Decimal

from apps.listings.lookups import PropertyType
from apps.matching import conditions, sides
from apps.matching.asking import Asking, fill
from apps.matching.conditions import CRITERIA
from apps.matching.lookups import CriterionName as Name
from apps.matching.lookups import Importance
from apps.matching.models.requirement import ANYWHERE
from apps.matching.sides import Known, Offer

# The few who are gone are found by their own index (customer_gone); to look at the many who are here costs as much as
# to find the requirements.
IS_HERE = (
    "NOT EXISTS (SELECT FROM customers_customer AS gone WHERE gone.id = r.customer_id"
    " AND (gone.merged_into_id IS NOT NULL OR gone.erased_at IS NOT NULL))"
)


def requirement_query(
    offer: Offer, visible: tuple[str, dict], known: Known, *, leave_out=(), only=None, was: Decimal | None = None
) -> Asking:
    """Requirements in question for an offer of which so much is known.

    `visible` is SQL with parameters: whether a row of customers_customer may be named, '' for all of them. With `was`,
    only those whose budget it did not fit at that price, and those in `only`.
    """
    values, parameters = sides.have_values(offer)
    values["have_yearly"] = sides.yearly(offer.property_type)
    if offer.property_type == PropertyType.RESIDENTIAL:
        values["want_frequency"] = "''"  # such a requirement has none
    columns = _columns(offer, visible[0], known)
    operands = columns | values
    columns = {name: fill(sql, operands) for name, sql in columns.items() if name not in values}
    parameters |= {"below": known.inside, "away": list(leave_out), "was": was}
    parameters |= {"reach": [ANYWHERE, *offer.place_path, *known.inside], "only": list(only or ())} | visible[1]
    parameters["kin"] = conditions.kin_of([offer.sub_type])
    return Asking(
        source="matching_requirement AS r",
        where=[fill(one, columns | values) for one in _where(offer, leave_out, was)],
        columns=columns,
        values=values,
        parameters=parameters,
        criteria=list(CRITERIA),
        undecided=[one for one in CRITERIA if not one.decides and one.level != Importance.NICE],
        weights={one.name: conditions.weight(one) for one in CRITERIA},
    )


def _columns(offer: Offer, is_named: str, known: Known) -> dict[str, str]:
    is_kin = "true" if offer.sub_type in conditions.SUB_TYPE_UNKNOWN else "{want_sub_types} && %(kin)s::varchar[]"
    return {
        **sides.want_columns(),
        **_money(offer, known.rates),
        **_counted(known),
        "pk": "r.id",
        "customer_id": "r.customer_id",
        "is_named": f"(SELECT {is_named} FROM customers_customer WHERE id = r.customer_id)" if is_named else "true",
        "have_place_is_above": "{want_place_ids} && %(below)s::bigint[]",
        "have_sub_type_is_kin": is_kin,
    }


def _where(offer: Offer, leave_out, was) -> list[str]:
    where = ["r.is_active", IS_HERE, "r.property_type = {have_property_type}"]
    if offer.place_path:
        where.append("r.place_reach && %(reach)s::bigint[]")
    if leave_out:
        where.append("NOT r.id = ANY(%(away)s)")
    if was is not None:
        price = conditions.BY_NAME[Name.PRICE]
        before = price.off.replace("{have_worth}", "{have_worth_then}")
        where.append(f"(r.id = ANY(%(only)s) OR ({price.asked} AND ({before}) <> 0))")
    return where + [f"({one.quick} OR NOT {conditions.is_must(one)})" for one in CRITERIA if one.quick]


def _money(offer: Offer, rates: dict) -> dict[str, str]:
    """Price, now and then, and budget in one money; the price is NULL where there is no rate to the budget's."""
    rates, kind = sides.known_rates(offer.currency, rates), offer.property_type
    is_known = "{want_currency} IN (" + ", ".join(f"'{name}'" for name in rates) + ")"
    now, then = (
        f"CASE WHEN {is_known} THEN {sides.worth_of_offer(price, rates, kind)} END"
        for price in ("{have_price}", "%(was)s::numeric")
    )
    return {"have_worth": now, "have_worth_then": then, **sides.wanted_money(rates, kind)}


def _counted(known: Known) -> dict[str, str]:
    """How many features of each list of a requirement are known to be there, and known not to be.

    Key by key (ours, never anything typed): to open a list of one or two as a table takes three times as long.
    """
    columns = {}
    for name in ("features_must", "features_nice"):
        for which, keys in (("have_of", known.present), ("have_not_of", known.absent)):
            count = " + ".join(f"('{key}' = ANY({{want_{name}}}))::int" for key in keys)
            columns[f"{which}_{name}"] = (
                f"CASE WHEN {{want_{name}}} <> '{{{{}}}}' THEN {count} ELSE 0 END" if keys else "0"
            )
    return columns
