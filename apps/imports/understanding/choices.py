"""Words that stand for one of RESO's values, in English and Arabic, and the value to suggest for other words."""

import re
from difflib import get_close_matches
from functools import lru_cache

from apps.core.money import Currency
from apps.core.units import AreaUnits
from apps.listings.lookups import (
    DevelopmentStatus,
    FeeFrequency,
    Furnished,
    ListingAgreement,
    OccupantType,
    OwnershipType,
    PropertySubType,
    PropertyType,
    StandardStatus,
)

NO_WORD = re.compile(r"[\W_]+")
S, P, T, F = StandardStatus, PropertyType, PropertySubType, FeeFrequency
LOOKUPS = {
    "standard_status": StandardStatus,
    "property_type": PropertyType,
    "property_sub_type": PropertySubType,
    "lease_amount_frequency": FeeFrequency,
    "association_fee_frequency": FeeFrequency,
    "furnished": Furnished,
    "living_area_units": AreaUnits,
    "currency": Currency,
    "ownership_type": OwnershipType,
    "occupant_type": OccupantType,
    "development_status": DevelopmentStatus,
    "listing_agreement": ListingAgreement,
}
_FREQUENCIES = {
    F.ANNUALLY: "year | yearly | annual | annually | per year | a year | per annum | pa | p a | yr | per yr | y"
    " | سنوي | سنويا",
    F.SEMI_ANNUALLY: "half year | half yearly | biannual | semi annual | every 6 months",
    F.QUARTERLY: "quarter | quarterly | per quarter | a quarter",
    F.MONTHLY: "month | monthly | per month | a month | pcm | pm | p m | mo | mth | m | شهري | شهريا",
    F.WEEKLY: "week | weekly | per week | a week | pw | p w | wk | w | اسبوعي | اسبوعيا",
    F.DAILY: "day | daily | per day | a day | night | nightly | per night | d | يومي | يوميا",
}
SYNONYMS: dict[str, dict[str, str]] = {
    "standard_status": {
        S.ACTIVE: "available | for sale | for rent | to let | rental | on market | متاح",
        S.ACTIVE_UNDER_CONTRACT: "under contract | contracted | under offer | under agreement | sold stc",
        S.PENDING: "reserved | booked | pending sale | محجوز",
        S.CLOSED: "sold | leased | rented | let | let agreed | completed | مباع | مؤجر",
        S.COMING_SOON: "pre market | upcoming | soon",
        S.INCOMPLETE: "draft | new | unfinished | مسودة",
        S.HOLD: "on hold | paused | temporarily off market",
        S.WITHDRAWN: "off market | unlisted | taken off",
        S.CANCELED: "cancelled | cancelled by owner",
        S.EXPIRED: "lapsed",
    },
    "property_type": {
        P.RESIDENTIAL: "sale | sell | for sale | buy | selling | s | residential sale | للبيع | بيع",
        P.RESIDENTIAL_LEASE: "rent | rental | for rent | lease | to let | let | letting | to rent | r"
        " | residential rent"
        " | للايجار | للإيجار | ايجار",
    },
    "property_sub_type": {
        T.APARTMENT: "apartments | flat | flats | condo | condominium | condo townhome row home | ap | unit"
        " | شقة | شقق | شقه"
        " | apartment flat | residential apartment | loft | serviced apartment",
        T.TOWNHOUSE: "townhouses | town house | townhome | row house | th | تاون هاوس",
        T.DUPLEX: "dx | duplex apartment",
        T.STUDIO: "studio apartment",
        T.VILLA: "villas | house | vh | single family home | single family | single family residence | home | bungalow"
        " | detached | family home | فيلا | فلل",
        T.PENTHOUSE: "ph | penthouses | بنتهاوس",
        T.HOTEL_APARTMENT: "hotel apartments | serviced hotel apartment | hotel flat | شقة فندقية",
        T.CHALET: "chalets | شاليه",
        T.FLOOR: "residential floor | whole floor | half floor",
        T.LAND: "plot | land | lot | residential land | residential plot | lots land | commercial land | ارض",
        T.OFFICE: "offices | office space | of | مكتب",
        T.RETAIL: "shop | shops | showroom | retail shop | store | re | محل",
        T.OTHER: "warehouse | labour camp | labor camp | whole building | building | bulk unit | farm",
    },
    "lease_amount_frequency": _FREQUENCIES,
    "association_fee_frequency": _FREQUENCIES,
    "furnished": {
        Furnished.FURNISHED: "yes | y | true | 1 | fully furnished | full | مفروش | مفروشة",
        Furnished.PARTIALLY: "partly | semi furnished | semi | partly furnished | partially furnished | part furnished"
        " | نصف مفروش",
        Furnished.UNFURNISHED: "no | n | false | 0 | not furnished | none | غير مفروش | غير مفروشة",
        Furnished.NEGOTIABLE: "optional | furnished optional",
    },
    "living_area_units": {
        AreaUnits.SQUARE_FEET: "sqft | sq ft | ft2 | sf | square foot | sqfeet | ft | قدم | قدم مربع",
        AreaUnits.SQUARE_METERS: "sqm | sq m | m2 | square metre | square meter | square metres | sq mt | sqmt | m"
        " | متر"
        " | متر مربع | م2",
    },
    "currency": {
        Currency.AED: "dhs | dh | dirham | dirhams | uae dirham | د إ | درهم",
        Currency.OMR: "ro | r o | rial omani | ر ع | ريال عماني | omani rial",
        Currency.SAR: "sr | riyal | saudi riyal | ر س | ريال سعودي",
        Currency.QAR: "qr | qatari riyal",
        Currency.USD: "us | dollar | dollars | us dollar",
        Currency.EUR: "euro | euros",
        Currency.GBP: "pound | pounds | sterling",
        Currency.KWD: "kd | dinar kuwaiti",
        Currency.BHD: "bd",
        Currency.JOD: "jd",
        Currency.EGP: "le | egyptian pound",
        Currency.INR: "rs | rupee | rupees",
    },
    "ownership_type": {
        OwnershipType.FREEHOLD: "free hold | yes | true | 1",
        OwnershipType.LEASEHOLD: "lease hold | no | false | 0 | non freehold",
    },
    "occupant_type": {
        OccupantType.OWNER: "owner occupied",
        OccupantType.TENANT: "tenanted | rented | occupied | let | leased",
        OccupantType.VACANT: "empty | vacant on transfer | available",
    },
    "development_status": {
        DevelopmentStatus.COMPLETE: "completed | ready | ready to move | built | secondary",
        DevelopmentStatus.UNDER_CONSTRUCTION: "off plan | offplan | off plan primary | off plan secondary",
        DevelopmentStatus.PROPOSED: "planned",
    },
    "listing_agreement": {
        ListingAgreement.EXCLUSIVE_SELL: "exclusive | yes | true | exclusive sale",
        ListingAgreement.EXCLUSIVE_LEASE: "exclusive rent | exclusive lease",
        ListingAgreement.OPEN: "non exclusive | no | false",
    },
}
# Words that people use in more than one sense: offered with one click, not taken by themselves.
SUGGESTED = {
    "standard_status": {
        "live": S.ACTIVE,
        "published": S.ACTIVE,
        "publish": S.ACTIVE,
        "vacant": S.ACTIVE,
        "open": S.ACTIVE,
        "online": S.ACTIVE,
        "ready": S.ACTIVE,
        "listed": S.ACTIVE,
        "yes": S.ACTIVE,
        "true": S.ACTIVE,
        "1": S.ACTIVE,
        "inactive": S.WITHDRAWN,
        "archived": S.WITHDRAWN,
        "unpublished": S.WITHDRAWN,
        "offline": S.WITHDRAWN,
        "done": S.CLOSED,
        "deal done": S.CLOSED,
        "off": S.WITHDRAWN,
        "no": S.WITHDRAWN,
        "under negotiation": S.ACTIVE_UNDER_CONTRACT,
        "offer accepted": S.PENDING,
        "waiting": S.PENDING,
    },
}


def plain(text: str) -> str:
    """Words in lower case without punctuation, as the tables here spell them."""
    return " ".join(NO_WORD.sub(" ", text).lower().split())


@lru_cache(maxsize=32)
def words_of(name: str) -> dict[str, str]:
    """Every word that stands for a value of that field: its own spelling, its label, and the synonyms."""
    words: dict[str, str] = {}
    for value, label in LOOKUPS[name].choices:
        words[plain(value)] = words[plain(label)] = value
    for value, spellings in SYNONYMS.get(name, {}).items():
        for spelling in spellings.split("|"):
            words.setdefault(plain(spelling), str(value))
    return words


def read_choice(name: str, text: str) -> str | None:
    """The value of the field that the text stands for, or None."""
    return words_of(name).get(plain(text))


def suggest_choice(name: str, text: str) -> str | None:
    """The value to offer for a word that is not taken by itself, or None."""
    word = plain(text)
    if word in SUGGESTED.get(name, {}):
        return str(SUGGESTED[name][word])
    close = get_close_matches(word, words_of(name), n=1, cutoff=0.8)
    return words_of(name)[close[0]] if close else None


SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "د.إ": "AED", "ر.ع.": "OMR", "ر.ع": "OMR", "ر.س": "SAR"}
CURRENCY_WORDS = frozenset(word for word in words_of("currency") if word not in ("us", "pound", "pounds"))


def read_currency(text: str) -> str | None:
    """The ISO 4217 code that a code, symbol or word stands for, or None."""
    return SYMBOLS.get(text.strip()) or read_choice("currency", text)
