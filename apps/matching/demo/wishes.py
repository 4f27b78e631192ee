"""The wishes of the demo's customers (apps/customers/demo/people.py), by their e-mail address."""

from dataclasses import dataclass, field

from apps.listings.lookups import Furnished, PropertySubType, PropertyType
from apps.matching.lookups import DismissReason, Verdict

SALE, RENT = PropertyType.RESIDENTIAL, PropertyType.RESIDENTIAL_LEASE
FLAT = [PropertySubType.APARTMENT.value]
PENTHOUSE = [PropertySubType.PENTHOUSE.value]
MARINA, JBR, JLT, DOWNTOWN = "Dubai Marina", "Jumeirah Beach Residence", "Jumeirah Lake Towers", "Downtown Dubai"
BAY, PALM, HILLS, CREEK = "Business Bay", "Palm Jumeirah", "Dubai Hills Estate", "Dubai Creek Harbour"
CIRCLE, FINANCE = "Jumeirah Village Circle", "DIFC"
SENT, LIKED, NO = Verdict.SENT, Verdict.INTERESTED, Verdict.DISMISSED


@dataclass(frozen=True)
class Said:
    """What was said to the listing of a building's unit, so many days ago."""

    building: str
    unit: str
    verdict: Verdict
    days: int
    reason: str = ""
    line: str = ""


@dataclass(frozen=True)
class Wish:
    """One requirement. `moving` counts the days from today."""

    email: str
    values: dict
    places: tuple[str, ...] = ()
    moving: int | None = None
    said: tuple[Said, ...] = field(default=())


def _buys(email, low, high, rooms, places, said=(), moving=None, **more) -> Wish:
    return _wish(email, SALE, low, high, rooms, places, said, moving, more)


def _rents(email, high, rooms, places, said=(), moving=None, **more) -> Wish:
    return _wish(email, RENT, None, high, rooms, places, said, moving, more)


def _wish(email, kind, low, high, rooms, places, said, moving, more) -> Wish:
    fewest, most = rooms
    values = {
        "property_type": kind,
        "price_min": low,
        "price_max": high,
        "bedrooms_min": fewest,
        "bedrooms_max": most,
        "sub_types": FLAT,
        **more,
    }
    return Wish(email if "@" in email else f"{email}@mail.example", values, places, moving, said)


WISHES = (
    _buys(
        "j.whitfield", 2_000_000, 2_500_000, (2, 3), (MARINA, JBR), moving=55, area_min=1250, floor_min=15,
        payment="cash", features_must=["marina_view"], features_nice=["parking_2"],
        said=(
            Said("Marina Gate 2", "2304", LIKED, 1),
            Said("Ocean Heights", "2703", SENT, 1),
            Said("Silverene Tower A", "1507", SENT, 3),
            Said("The Torch", "3306", NO, 3, DismissReason.TOO_SMALL, "Too small for two of us and guests."),
        ),
    ),
    _buys("lucas.moreau", None, 1_700_000, (1, 1), (MARINA, JLT), payment="mortgage",
          said=(Said("The Torch", "3306", LIKED, 2),)),
    _buys("rajesh.menon", 3_000_000, 3_600_000, (2, 3), (MARINA,), payment="cash",
          said=(Said("Vida Residences", "1803", LIKED, 5),
                Said("Cayan Tower", "4102", NO, 6, DismissReason.TOO_DEAR, "Not at that price per foot."))),
    _buys("aisha.khan", 2_200_000, 2_600_000, (2, None), (MARINA,), payment="mortgage",
          said=(Said("Marina Gate 2", "2304", LIKED, 8),)),
    _buys("sami.khoury", 2_500_000, 3_500_000, (3, None), (MARINA, PALM), payment="cash", area_min=1600),
    _buys("chen.yu", None, 900_000, (0, 1), (JLT, BAY), payment="cash"),
    _buys("m.alfahim", 2_800_000, 5_000_000, (3, None), (MARINA,), payment="cash", floor_min=30,
          features_nice=["sea_view"], said=(Said("Princess Tower", "6805", SENT, 2),)),
    _rents("nadia.rahimi", 110_000, (1, 1), (MARINA, JBR), moving=24),
    _buys("thomas.weber", 2_500_000, 4_000_000, (3, 4), (HILLS,), payment="mortgage",
          features_nice=["park_view", "maids_room"]),
    _buys("yuki.tanaka", None, 850_000, (0, 0), ()),
    _buys("carlos.mendes", 1_900_000, 2_200_000, (2, 2), (MARINA,), payment="cash",
          said=(Said("Ocean Heights", "2703", LIKED, 4),)),
    _rents("priscilla.wong", 160_000, (1, 2), (DOWNTOWN, BAY), moving=35, furnished=Furnished.FURNISHED),
    _buys("ahmed.mostafa", None, 1_600_000, (2, 2), (JLT, MARINA, BAY), payment="mortgage",
          said=(Said("Marina Pinnacle", "5508", SENT, 3),)),
    _buys("leila.farahani", 3_000_000, 6_000_000, (3, None), (MARINA, PALM), payment="cash", sub_types=PENTHOUSE),
    _buys("oliver.grant", None, 2_800_000, (1, 3), (DOWNTOWN, CREEK), payment="cash"),
    _buys("reem.ali", 1_800_000, 2_600_000, (2, 2), (MARINA, DOWNTOWN), payment="mortgage", features_must=["study"],
          said=(Said("Marina Gate 2", "2304", SENT, 2),)),
    _buys("henrik.olsen", 4_500_000, 5_500_000, (3, 4), (MARINA,), payment="cash",
          said=(Said("Damac Heights", "5001", LIKED, 10),)),
    _rents("dina.haddad", 90_000, (1, 1), (MARINA, JLT), moving=40, furnished=Furnished.FURNISHED,
           features_nice=["metro"]),
    _buys("faisal.qureshi", None, 2_000_000, (1, 2), (FINANCE,), payment="mortgage"),
    _rents("kateryna.bondar", 140_000, (2, 3), (JLT, CIRCLE), moving=18),
    _buys("abdulla.marzooqi", 3_000_000, 9_000_000, (2, None), (PALM,), payment="cash",
          features_nice=["sea_view", "beach_access"]),
    _buys("claire.dubois", None, 3_000_000, (2, 3), (MARINA,)),
    _buys("mona.sayed", None, 1_500_000, (1, 2), (JLT, BAY), payment="mortgage"),
    _rents("hana.suzuki", 130_000, (1, 1), (DOWNTOWN,), moving=50),
    _buys("zainab.hussain", 1_800_000, 2_600_000, (2, 2), (MARINA,), payment="mortgage", features_must=["parking_2"],
          said=(Said("Ocean Heights", "2703", NO, 4, DismissReason.TOO_DEAR, "A little above what the bank gives."),)),
    _buys("meera@nairoffice.example", None, 1_800_000, (None, None), (BAY,), payment="cash"),
    _buys("olga.kuznetsova", None, 2_200_000, (2, 2), (MARINA, JLT)),
    _buys("bilal.dar", None, 5_500_000, (3, None), (MARINA,)),
    _rents("giulia.parisi", 120_000, (1, 2), (MARINA,)),
)  # fmt: skip
