"""The form of the filters: for each, what is ticked or typed. Drawn by templates/listings/filters_form.html."""

from dataclasses import dataclass, field

from apps.core.units import AreaUnits
from apps.listings.filters.asked import Asked
from apps.listings.filters.catalogue import FILTERS
from apps.listings.filters.fields import Agents, AreaSpan, Box, Choice, Filter, Places, Since, Span


@dataclass(frozen=True)
class Section:
    """One filter in the form. `kind` names the way it is drawn; `options` are (value, label, is ticked)."""

    filter: Filter
    kind: str
    options: list[tuple[str, str, bool]] = field(default_factory=list)
    low: str = ""
    high: str = ""
    unit: str = ""


def sections(asked: Asked, agents) -> list[Section]:
    """A section for each filter; `agents` are the people offered."""
    values = {one.key: value for one, value in asked.set}
    return [_section(one, values.get(one.key), asked, agents) for one in FILTERS if not isinstance(one, Box)]


def _section(one: Filter, value, asked, agents) -> Section:
    match one:
        case Choice():
            return Section(one, "choice", [(key, label, key in (value or ())) for key, label in one.choices])
        case Span():
            low, high = dict.fromkeys(one.params, ""), dict(one.pairs(value)) if value else {}
            unit = AreaUnits(asked.asking.agency.area_units).label if isinstance(one, AreaSpan) else ""
            ends = low | high
            return Section(one, "span", low=ends[one.params[0]], high=ends[one.params[1]], unit=unit)
        case Places():
            return Section(one, "place", [(str(pk), name, True) for pk, name in value or ()])
        case Agents():
            ticked = {word for word, _ in value or ()}
            people = [("me", "Me"), *((str(one.pk), str(one)) for one in agents), ("none", "Nobody")]
            return Section(one, "people", [(key, label, key in ticked) for key, label in people])
        case Since():
            return Section(one, "day", low=one.day(value, asked.asking).isoformat() if value else "")
    raise TypeError(f"The filter {one.key} has no form.")
