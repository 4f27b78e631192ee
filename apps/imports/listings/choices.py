"""Words that stand for one of RESO's values, in English and Arabic."""

from apps.core.money import Currency
from apps.core.units import AreaUnits
from apps.imports.understanding.choices import CURRENCIES, FREQUENCIES, Choices
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

S, P, T = StandardStatus, PropertyType, PropertySubType
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
    "lease_amount_frequency": FREQUENCIES,
    "association_fee_frequency": FREQUENCIES,
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
    "currency": CURRENCIES,
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
CHOICES = Choices(LOOKUPS, SYNONYMS, SUGGESTED)
