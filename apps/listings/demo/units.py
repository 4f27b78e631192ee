"""The bricks of the demo: units drawn from a seed, with facts that fit their tower."""

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from apps.listings.demo import texts
from apps.listings.demo.places import Building
from apps.listings.lookups import (
    DevelopmentStatus,
    FeeFrequency,
    Furnished,
    OccupantType,
    OwnershipType,
    PropertySubType,
)

# bedrooms: smallest and largest area in square feet
AREAS = {0: (380, 560), 1: (640, 940), 2: (1080, 1490), 3: (1560, 2300), 4: (2350, 3400)}


@dataclass(frozen=True)
class UnitPlan:
    """A unit with `facts` for its row, and what its listings share."""

    building: str
    number: str
    owner: str
    value: Decimal
    facts: dict = field(default_factory=dict)
    furnished: str = ""
    occupant: str = ""
    access: str = ""
    private: str = ""
    title: str = ""
    remarks: str = ""


def draw_unit(rng: Random, building: Building, taken: set[tuple[str, str]], given: dict | None = None) -> UnitPlan:
    """A unit of that building whose number is not taken yet; `given` are its number and facts made by hand."""
    facts = _facts(rng, building)
    floor, number = _free_number(rng, building, taken)
    facts |= {"entry_level": floor, **(given or {})}
    number = facts.pop("unit_number", number)
    high = facts["entry_level"] > building.floors * 0.94 and facts["bedrooms_total"] > 2
    facts["property_sub_type"] = PropertySubType.PENTHOUSE if high else PropertySubType.APARTMENT
    height = Decimal(1) + Decimal(facts["entry_level"]) / Decimal(building.floors) * Decimal("0.12")
    furnished = rng.choice((Furnished.FURNISHED, Furnished.UNFURNISHED, Furnished.UNFURNISHED, Furnished.PARTIALLY))
    occupant = rng.choice(tuple(OccupantType))
    words = {
        "home": texts.home_words(facts["bedrooms_total"], facts["property_sub_type"].label),
        "building": building.name,
        "building_ar": building.name_ar,
        "place": building.community,
        "floor": facts["entry_level"],
        "view": facts["view"].lower(),
    }
    return UnitPlan(
        building=building.name,
        number=number,
        owner=facts.pop("owner"),
        value=facts["living_area"] * building.price * height,
        facts=facts,
        furnished=furnished,
        occupant=occupant,
        access=rng.choice(texts.ACCESS).format(hook=rng.randint(1, 40)),
        private=rng.choice(texts.PRIVATE),
        title=texts.title(rng, facts["bedrooms_total"], facts["view"], building.community, furnished),
        remarks=texts.remarks(rng, occupant, **words),
    )


def _facts(rng: Random, building: Building) -> dict:
    bedrooms = rng.choices((0, 1, 2, 3, 4), (12, 34, 32, 17, 5))[0]
    area = Decimal(rng.randint(*AREAS[bedrooms]))
    facts = {
        "owner": rng.choice(texts.OWNERS),
        "bedrooms_total": bedrooms,
        "bathrooms_total_integer": max(1, bedrooms + rng.choice((0, 0, 1))),
        "living_area": area,
        "stories_total": building.floors,
        "year_built": building.year,
        "parking_total": 2 if bedrooms > 2 else 1,
        "view": rng.choice(texts.VIEWS.get(building.community, texts.OTHER_VIEWS)),
        "ownership_type": OwnershipType.FREEHOLD,
        "association_fee": (area * Decimal(rng.randint(135, 240)) / 10).quantize(Decimal(1)),
        "association_fee_frequency": FeeFrequency.ANNUALLY,
        "new_construction_yn": building.year >= 2023,
        "development_status": DevelopmentStatus.COMPLETE,
    }
    rng.randint(200, 9999)  # a phone number was drawn here once; what is drawn after it stays as it was
    return facts


def _free_number(rng: Random, building: Building, taken: set[tuple[str, str]]) -> tuple[int, str]:
    while True:
        floor = rng.randint(1, building.floors)
        number = f"{floor}{rng.randint(1, 9):02d}"
        if (building.name, number) not in taken:
            return floor, number
