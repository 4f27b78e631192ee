"""What rows say that people look for becomes what matching reads: a requirement, with places that are here."""

from collections.abc import Iterable

from apps.core.bulk import next_ids
from apps.core.events import record_many
from apps.customers.models import Customer
from apps.imports.customers.planning import PlannedCustomer
from apps.imports.customers.values import WISH
from apps.imports.listings.places import Places
from apps.imports.problems import warn
from apps.matching.models import Requirement, RequirementPlace

FIELDS = ("property_type", "price_min", "price_max", "currency", "bedrooms_min", "bedrooms_max")


class Wishes:
    """Requirements of a run's rows. Areas are looked up among the places here; files do not add any."""

    def __init__(self):
        self._places: Places | None = None
        self._found: dict[str, int | None] = {}

    def find_places(self, planned: Iterable[PlannedCustomer]) -> None:
        """Look up the areas that rows name; those that are no place here are said."""
        named = [(p, names) for p in planned if (names := p.row.fields[WISH].get("places"))]
        wanted = {name for _, names in named for name in names} - self._found.keys()
        if wanted:
            self._places = self._places or Places()
            self._found |= self._places.anywhere(wanted)
        for p, names in named:
            missing = [name for name in names if self._found[name] is None]
            if missing and p.values:
                shown = ", ".join(f"“{name[:40]}”" for name in missing[:3])
                sentence = f"No place here is called {shown}. It was left out of what they look for."
                p.problems.append(warn("", "", sentence, "unknown area"))

    def add(self, planned: list[PlannedCustomer], *, by) -> dict[int, list[int]]:
        """Write down what customers look for; returns keys of the requirements by row number."""
        rows, places = [], []
        for p, pk in zip(planned, next_ids(Requirement, len(planned)), strict=True):
            wish = p.row.fields[WISH]
            values = {name: wish[name] for name in FIELDS if wish.get(name) is not None}
            rows.append(Requirement(pk=pk, customer_id=p.customer_id, created_by=by, **values))
            found = dict.fromkeys(self._found[name] for name in wish.get("places", ()))
            places += [RequirementPlace(requirement_id=pk, place_id=place) for place in found if place]
        Requirement.objects.bulk_create(rows, batch_size=500)
        RequirementPlace.objects.bulk_create(places, batch_size=500)
        events = ((p.customer_id, {"requirement": row.pk, "fields": []}) for p, row in zip(planned, rows, strict=True))
        record_many("matching.requirement_added", Customer, events, by=by)
        return {p.row.number: [row.pk] for p, row in zip(planned, rows, strict=True)}
