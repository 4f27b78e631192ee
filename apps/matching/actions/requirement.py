"""Writing down what a customer looks for, and changing it."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.core.versions import claim_version
from apps.customers.models import Customer
from apps.listings.lookups import PropertyType
from apps.listings.models import Place
from apps.matching.features import BY_KEY
from apps.matching.lookups import CriterionName, Importance
from apps.matching.models import Requirement, RequirementPlace
from apps.matching.policy import why_not_change_requirement

REQUIREMENT_FIELDS = (
    "property_type",
    "price_min",
    "price_max",
    "currency",
    "lease_amount_frequency",
    "price_tolerance_percent",
    "bedrooms_min",
    "bedrooms_max",
    "bathrooms_min",
    "area_min",
    "area_max",
    "area_units",
    "floor_min",
    "furnished",
    "sub_types",
    "features_must",
    "features_nice",
    "move_in_by",
    "payment",
    "musts",
    "nices",
    "is_active",
)


@transaction.atomic
def save_requirement(
    customer: Customer,
    values: Mapping,
    *,
    by,
    places: Iterable[Place] | None = None,
    requirement: Requirement | None = None,
    version: int | None = None,
) -> Requirement:
    """Add a requirement, or change `requirement` as it was at `version`; return it as the database has it now.

    `values` are fields of REQUIREMENT_FIELDS, and `importance`: {criterion: must, nice or any}. `places` replace those
    there were; None leaves them.
    """
    NotAllowed.unless_empty(why_not_change_requirement(customer, by))
    if requirement is None:
        row, changed = Requirement(customer=customer, created_by=by), set()
    else:
        claim_version(requirement, requirement.version if version is None else version)
        row, changed = Requirement.objects.get(pk=requirement.pk, customer=customer), set()
    for name, value in _in_order(row, values).items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed.add(name)
    _check(row)
    row.save()
    if places is not None and _set_places(row, places):
        changed.add("places")
    verb = "matching.requirement_added" if requirement is None else "matching.requirement_changed"
    if requirement is None or changed:
        record(verb, customer, by=by, requirement=row.pk, fields=sorted(changed))
    row.refresh_from_db()
    return row


def _in_order(row: Requirement, values: Mapping) -> dict:
    """The fields, with importance as lists, each list without doubles, and no rent period for a sale."""
    wanted = {name: value for name, value in values.items() if name in REQUIREMENT_FIELDS}
    if "importance" in values:
        merged = row.importance | dict(values["importance"])
        wanted["musts"] = [name for name in CriterionName.values if merged[name] == Importance.MUST]
        wanted["nices"] = [name for name in CriterionName.values if merged[name] == Importance.NICE]
    for name in ("sub_types", "features_must", "features_nice"):
        if name in wanted:
            wanted[name] = list(dict.fromkeys(str(one) for one in wanted[name] or ()))
    if "features_nice" in wanted or "features_must" in wanted:
        musts = wanted.get("features_must", row.features_must)
        wanted["features_nice"] = [one for one in wanted.get("features_nice", row.features_nice) if one not in musts]
    if wanted.get("property_type", row.property_type) == PropertyType.RESIDENTIAL:
        wanted["lease_amount_frequency"] = ""
    return wanted


def _check(row: Requirement) -> None:
    """Refuse what the model does not allow, each field's trouble with its name."""
    unknown = [key for key in (*row.features_must, *row.features_nice) if key not in BY_KEY]
    if unknown:
        raise Refused(_("“%(unknown)s” is no feature that can be looked for.") % {"unknown": unknown[0]})
    try:
        row.full_clean(exclude=["customer", "created_by"])
    except ValidationError as error:
        raise Refused(*_sentences(row, error)) from error


def _sentences(row: Requirement, error: ValidationError) -> list[str]:
    said = []
    for name, messages in error.message_dict.items():
        label = "" if name == "__all__" else str(row._meta.get_field(name).verbose_name).capitalize() + ": "
        said += [f"{label}{message}" for message in messages]
    return said


def _set_places(row: Requirement, places: Iterable[Place]) -> bool:
    wanted = {place.pk: place for place in places}
    there = set(row.place_rows.values_list("place_id", flat=True))
    row.place_rows.filter(place__in=there - wanted.keys()).delete()
    RequirementPlace.objects.bulk_create(
        RequirementPlace(requirement=row, place=place) for pk, place in wanted.items() if pk not in there
    )
    return wanted.keys() != there


@transaction.atomic
def stop_looking(requirement: Requirement, *, by) -> Requirement:
    """The customer no longer looks for this: nothing is matched to it any more."""
    return _switch(requirement, False, "matching.requirement_stopped", by)


@transaction.atomic
def look_again(requirement: Requirement, *, by) -> Requirement:
    """The customer looks for this again."""
    return _switch(requirement, True, "matching.requirement_resumed", by)


def _switch(requirement, is_active, verb, by) -> Requirement:
    row = Requirement.objects.select_for_update(of=["self"]).select_related("customer").get(pk=requirement.pk)
    NotAllowed.unless_empty(why_not_change_requirement(row.customer, by))
    if row.is_active != is_active:
        row.is_active, row.version = is_active, row.version + 1
        row.save(update_fields=["is_active", "version", "modified_at"])
        record(verb, row.customer, by=by, requirement=row.pk)
    return row
