"""The units that open the list, made by hand: what they ask, where they stand, how long their mandates run."""

from decimal import Decimal

from apps.listings.illustrations.palettes import Light
from apps.listings.lookups import Furnished, OccupantType
from apps.listings.lookups import StandardStatus as S

# Days until the permit to advertise ends; None is: there is none yet.
PERMIT_DAYS = {
    "Damac Heights": 152,
    "Princess Tower": 24,
    "Vida Residences": 171,
    "Cayan Tower": 96,
    "Marina Heights": 60,
    "Marina Gate 2": 110,
    "Ocean Heights": 9,
    "Silverene Tower A": 45,
    "Sparkle Tower 1": -6,
    "Sulafa Tower": None,
    "The Torch": 31,
    "Marina Pinnacle": 0,
}


def _facts(
    building, number, area, beds, baths, prices, status, mandate_days, agent, light, taken_on=46, **more
) -> dict:
    unit = {
        "unit_number": number,
        "living_area": Decimal(area),
        "bedrooms_total": beds,
        "bathrooms_total_integer": baths,
        "entry_level": int(number[:-2]),
    }
    days = (taken_on, *(max(6, taken_on - 40 * step) for step in range(1, len(prices))))
    return {
        "building": building,
        "unit": unit | more.pop("unit", {}),
        "prices": tuple(zip(days, (Decimal(price) for price in prices), strict=True)),
        "status": status,
        "mandate_days": mandate_days,
        "agent": agent,
        "light": light,
        "taken_on": taken_on,
        "permit_days": PERMIT_DAYS[building],
        **more,
    }


MARINA_GATE = {
    "view": "Full marina",
    "parking_total": 2,
    "association_fee": Decimal("23874"),
    "owner": "Fatima Al Mansoori",
}
MARINA_GATE_WORDS = {
    "furnished": Furnished.FURNISHED,
    "occupant": OccupantType.VACANT,
    "access": "Office, hook 14",
    "title": "2 bedrooms + study | Full marina view",
}

# In the order of the list's first page, dearest first.
MADE_BY_HAND = (
    _facts("Damac Heights", "5001", 2310, 3, 4, [5250000], S.ACTIVE, 140, "Priya", Light.NIGHT, 40),
    _facts("Princess Tower", "6805", 2720, 4, 5, [4750000, 4650000], S.ACTIVE, 12, "Priya", Light.DUSK, 78),
    _facts("Vida Residences", "1803", 1455, 2, 3, [3420000], S.COMING_SOON, 170, "Layla", Light.DAY, 9),
    _facts("Cayan Tower", "4102", 1846, 3, 4, [3180000], S.ACTIVE, 118, "Omar", Light.DAY, 62),
    _facts("Marina Heights", "2910", 1702, 3, 3, [2890000], S.PENDING, 73, "Tom", Light.MISTY, 50),
    _facts(
        "Marina Gate 2", "2304", 1388, 2, 3, [2690000, 2557500, 2450000], S.ACTIVE, 61, "Layla", Light.DUSK, 126,
        unit=MARINA_GATE, words=MARINA_GATE_WORDS, permit="71128840916", photos=9,
    ),
    _facts("Ocean Heights", "2703", 1318, 2, 3, [2108500, 2140000], S.ACTIVE, 27, "Omar", Light.DAY, 63),
    _facts("Silverene Tower A", "1507", 1291, 2, 2, [1975000], S.ACTIVE_UNDER_CONTRACT, 44, "Layla", Light.TEAL, 46),
    _facts("Sparkle Tower 1", "0902", 1204, 2, 2, [1880000], S.HOLD, 88, "Omar", Light.MISTY, 40),
    _facts("Sulafa Tower", "2206", 1156, 2, 2, [1790000], S.INCOMPLETE, 178, "Layla", Light.TEAL, 2),
    _facts("The Torch", "3306", 871, 1, 2, [1723500, 1620000], S.ACTIVE, 9, "Layla", Light.DUSK, 81),
    _facts("Marina Pinnacle", "5508", 1102, 2, 2, [1565000], S.ACTIVE, 33, "Omar", Light.NIGHT, 57,
           let_years_ago=(3, 2)),
)  # fmt: skip
