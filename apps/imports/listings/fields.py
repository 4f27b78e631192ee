"""The fields of listings that an import can fill: RESO's names in Python's spelling, and headers that mean them.

Headers are compared as `headers.normalise()` writes them: lower case words, no punctuation. A field that RESO has not
is marked local.
"""

from apps.imports.listings.choices import CHOICES
from apps.imports.understanding.vocabulary import (
    ADDRESS,
    AREA,
    CHOICE,
    COORDINATE,
    COUNT,
    DATE,
    LONG_TEXT,
    MONEY,
    OWN_ID,
    POINT,
    REFUSED,
    ROOMS,
    TEXT,
    YES_NO,
    Vocabulary,
    barred,
    field_called,
)

_field = field_called
_ALL = [
    _field(
        OWN_ID,
        "Source's own id",
        TEXT,
        "property id | listing id | ad id | id | listing key | listingkey | property ref id | portal id | guid"
        " | universal id | external id | record id | unique id | uid | property code | listing code",
        max_length=200,
    ),
    _field(
        "listing_id",
        "Reference",
        TEXT,
        "reference | ref | ref no | ref number | reference number | reference no | property ref | property reference"
        " | listing ref | listing reference | mls number | mls id | mls | our reference | رقم المرجع | المرجع",
        max_length=40,
    ),
    _field(
        "title",
        "Title",
        TEXT,
        "headline | property title | listing title | ad title | title en | property title en | property name | name"
        " | subject | العنوان الرئيسي | عنوان الاعلان",
        max_length=300,
    ),
    _field(
        "public_remarks",
        "Description",
        LONG_TEXT,
        "description | remarks | details | property description | description en | text | web remarks | body"
        " | content encoded | الوصف | التفاصيل",
        max_length=50_000,
    ),
    _field(
        "private_remarks", "Notes for colleagues", LONG_TEXT, "notes | internal notes | comments", max_length=50_000
    ),
    _field(
        "showing_instructions", "Keys and access", LONG_TEXT, "viewing instructions | keys | access", max_length=5_000
    ),
    _field(
        "property_type",
        "Sale or rent",
        CHOICE,
        "purpose | offering type | offer type | for | transaction type | ad type | sale or rent | rent or sale"
        " | sale rent | listing type | listing purpose | contract type | completion purpose | نوع العرض | الغرض",
    ),
    _field(
        "property_sub_type",
        "Type",
        CHOICE,
        "type | unit type | category | property kind | kind | property category | sub type | subtype | home type"
        " | property type en | dwelling type | building type | نوع العقار",
        unknown="Other",
    ),
    _field(
        "standard_status",
        "Status",
        CHOICE,
        "listing status | state of listing | mls status | availability | availability status | الحالة",
        unknown=REFUSED,
    ),
    _field(
        "list_price",
        "Price",
        MONEY,
        "asking price | sale price | selling price | amount | price value | price amount | rent | annual rent"
        " | yearly rent | monthly rent | rent amount | rental price | lease amount | asking rent | list price aed"
        " | السعر | الايجار",
        tells=("currency", "lease_amount_frequency"),
    ),
    _field("currency", "Currency", CHOICE, "price currency | currency code | العملة", unknown=REFUSED),
    _field(
        "lease_amount_frequency",
        "Rent is per",
        CHOICE,
        "rent frequency | rental period | rent period | frequency | payment frequency | price type | price period"
        " | price frequency | period | per",
    ),
    _field("close_price", "Price agreed", MONEY, "sold price | closing price | final price"),
    _field(
        "bedrooms_total",
        "Bedrooms",
        ROOMS,
        "bedrooms | beds | bed | br | bedroom | no of bedrooms"
        " | number of bedrooms | bedroom count | rooms | no of rooms | bhk | غرف النوم | عدد الغرف",
        high=50,
    ),
    _field(
        "bathrooms_total_integer",
        "Bathrooms",
        ROOMS,
        "bathrooms | baths | bath | bathroom | no of bathrooms"
        " | number of bathrooms | bathrooms total | bathroom count | الحمامات",
        high=50,
    ),
    _field(
        "living_area",
        "Area",
        AREA,
        "size | area | built up area | bua | built up | unit size | floor area"
        " | property size | total area | living space | internal area | net area | gross area | plot area"
        " | المساحة",
        tells=("living_area_units",),
    ),
    _field(
        "living_area_units",
        "Area unit",
        CHOICE,
        "area unit | size unit | area units | unit of measure | area unit type",
    ),
    _field(
        "furnished",
        "Furnishing",
        CHOICE,
        "furnishing | furnished yn | furnishing status | furnishings | is furnished | furniture | مفروش",
    ),
    _field(
        "unit_number",
        "Unit number",
        TEXT,
        "unit | unit no | apartment number | apt number | apt no | flat number"
        " | flat no | door number | apartment no | flat | apt | villa number | رقم الوحدة",
        max_length=40,
    ),
    _field(
        "building_name",
        "Building",
        TEXT,
        "building | tower | tower name | project | project name | property tower | block | المبنى | البرج",
        max_length=160,
    ),
    _field(
        "subdivision_name",
        "Community",
        TEXT,
        "community | neighborhood | neighbourhood | location | locality"
        " | suburb | subdivision | sub community | sublocality | community name | الحي",
        max_length=160,
    ),
    _field(
        "mls_area_major",
        "Larger community",
        TEXT,
        "master community | master project | major area | master development",
        max_length=160,
    ),
    _field("city", "City", TEXT, "town | emirate | city name | municipality | المدينة", max_length=160),
    _field("state_or_province", "Region", TEXT, "state | province | governorate | region | county", max_length=80),
    _field("country", "Country", TEXT, "country code | country name | الدولة", max_length=80),
    _field("postal_code", "Postcode", TEXT, "zip | zip code | zipcode | postcode | po box", max_length=20),
    _field(
        "unparsed_address",
        "Address as written",
        ADDRESS,
        "address | full address | street address | street | display address | address line 1 | العنوان",
        max_length=300,
    ),
    _field("latitude", "Latitude", COORDINATE, "lat | geo lat | location latitude | map latitude", high=90),
    _field(
        "longitude",
        "Longitude",
        COORDINATE,
        "lng | lon | long | geo lng | location longitude | map longitude",
        high=180,
    ),
    _field(
        "geopoint",
        "Latitude and longitude",
        POINT,
        "geopoint | geo point | geopoints | lat lng | latlng | lat long | coordinates | map coordinates | gps",
    ),
    _field(
        "entry_level", "Floor", COUNT, "floor | floor number | floor no | level | storey | الطابق", low=-10, high=250
    ),
    _field(
        "stories_total",
        "Floors in the building",
        COUNT,
        "floors | total floors | storeys | stories | number of floors",
        high=250,
    ),
    _field(
        "year_built",
        "Year built",
        COUNT,
        "built | year | build year | year of construction | completion year | سنة البناء",
        low=1800,
        high=2100,
    ),
    _field(
        "parking_total",
        "Parking bays",
        COUNT,
        "parking | parkings | parking spaces | no of parking | parking bays | garage | car spaces | مواقف",
        high=100,
    ),
    _field("view", "View", TEXT, "views | view type | الاطلالة", max_length=120),
    _field("ownership_type", "Tenure", CHOICE, "tenure | ownership | freehold | is freehold"),
    _field("occupant_type", "Occupancy", CHOICE, "occupancy | occupied by | vacancy | tenancy | occupancy status"),
    _field("new_construction_yn", "New construction", YES_NO, "new construction | off plan | offplan | is new"),
    _field(
        "development_status",
        "Construction",
        CHOICE,
        "completion status | construction status | completion | project status",
    ),
    _field(
        "association_fee",
        "Service charge",
        MONEY,
        "service charge | service charges | hoa | hoa fee | maintenance fee | service fee",
    ),
    _field("association_fee_frequency", "Service charge is per", CHOICE, "service charge frequency | hoa frequency"),
    _field(
        "permit_number",
        "Permit number",
        TEXT,
        "permit | permit no | trakheesi | trakheesi number | rera permit"
        " | rera permit number | rera number | rera no | dld permit number | dtcm permit | advertising permit"
        " | trakheesi permit | رقم التصريح",
        max_length=60,
    ),
    _field(
        "permit_expiration_date",
        "Permit ends on",
        DATE,
        "permit expiry | permit expiry date | permit valid until | trakheesi expiry | permit end date",
    ),
    _field("listing_agreement", "Mandate", CHOICE, "mandate | mandate type | agreement | exclusivity | exclusive"),
    _field(
        "listing_contract_date",
        "Mandate signed on",
        DATE,
        "mandate start | mandate start date | mandate date | contract start | form a date | agreement date",
    ),
    _field(
        "expiration_date",
        "Mandate ends on",
        DATE,
        "mandate end | mandate end date | mandate expiry | contract end | expiry date | mandate expires",
    ),
    _field(
        "on_market_date",
        "On the market since",
        DATE,
        "date | listed on | listed date | date listed | added on"
        " | date added | posted on | post date | posted date | publish date | published on | publication date"
        " | list date | created | created on | created at | creation date | تاريخ النشر",
    ),
    _field(
        "availability_date",
        "Available from",
        DATE,
        "available from | available | move in date | available date | availability from",
    ),
    _field("close_date", "Closed on", DATE, "sold on | date sold | sold date | closing date"),
    _field(
        "internet_entire_listing_display_yn",
        "Owner agrees to publish",
        YES_NO,
        "owner consent | consent | publish consent | web consent | owner agrees to publish",
    ),
    _field(
        "list_agent_email",
        "Agent's e-mail",
        TEXT,
        "agent email | broker email | listing agent email | consultant email",
        max_length=160,
    ),
    _field(
        "list_agent_full_name",
        "Agent",
        TEXT,
        "agent | agent name | broker | broker name | listing agent"
        " | consultant | realtor | negotiator | assigned to | listing agent name | الوسيط",
        max_length=160,
    ),
    _field("owner_name", "Owner", TEXT, "landlord | owner | landlord name | vendor | seller name", max_length=160),
    _field(
        "owner_phone",
        "Owner's phone",
        TEXT,
        "owner mobile | landlord phone | owner contact | landlord mobile",
        max_length=40,
    ),
    _field("owner_email", "Owner's e-mail", TEXT, "landlord email", max_length=160),
]
ADDRESS_PARTS = (
    "unit_number",
    "building_name",
    "subdivision_name",
    "mls_area_major",
    "city",
    "state_or_province",
    "country",
)
LISTINGS = Vocabulary(
    subject="listings",
    fields={field.name: field for field in _ALL},
    choices=CHOICES,
    address_parts=ADDRESS_PARTS,
    filler=frozenset(
        barred(
            "in | the | of | property | listing | nr | no | number | per | annum | sq | square | total | en | english"
            " | value"
        )
    ),
    needed=(("list_price",),),
    said_once=("standard_status", "property_type", "currency", "lease_amount_frequency", "living_area_units"),
    known_by=(
        (OWN_ID, "listing_id"),
        ("building_name", "subdivision_name", "unparsed_address", "title"),
        ("list_price",),
        ("standard_status",),
        ("permit_number",),
    ),
    further_labels={"place": "Place", "permit": "Permit", "mandate": "Mandate"},
)
