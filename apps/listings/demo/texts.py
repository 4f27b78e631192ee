"""What is written about demo listings: titles and remarks in English and Arabic, owners, notes of colleagues."""

from random import Random

from apps.listings.lookups import OccupantType

VIEWS = {
    "Dubai Marina": ("Full marina", "Partial marina", "Sea and palm", "Marina and sea"),
    "Jumeirah Beach Residence": ("Sea and Bluewaters", "Marina", "Beach"),
    "Downtown Dubai": ("Burj Khalifa", "Fountain", "Boulevard", "Old Town"),
    "Business Bay": ("Canal", "Burj Khalifa", "City skyline"),
    "Palm Jumeirah": ("Open sea", "Palm and skyline", "Beach"),
    "Shoreline Apartments": ("Beach and sea", "Park"),
    "Dubai Hills Estate": ("Golf course", "Park", "Boulevard"),
    "Dubai Creek Harbour": ("Creek and skyline", "Park", "Wildlife sanctuary"),
    "DIFC": ("Gate Avenue", "City skyline"),
    "Al Reem Island": ("Canal", "Sea"),
}
OTHER_VIEWS = ("Lake", "Park", "Community", "Pool")

OWNERS = (
    "Fatima Al Mansoori", "Rashid Al Suwaidi", "Elena Petrova", "James Whitfield", "Wei Zhang", "Ananya Iyer",
    "Khalid bin Saeed", "Maria Fernandes", "Hassan Karimi", "Sophie Laurent", "Mohammed Al Hashimi", "Grace Okafor",
    "Daniel Cohen", "Noura Al Ketbi", "Ivan Horvat", "Aisha Rahman", "Peter Lindqvist", "Salma Nasser",
)  # fmt: skip

OPENINGS = (
    "A bright {home} on floor {floor} of {building}, with {view} views from the living room.",
    "This {home} in {building} has been kept by one owner since it was handed over.",
    "Corner {home} in {building}: windows on two sides and a balcony that takes a table for six.",
    "Well laid out {home} with a separate kitchen, two minutes on foot from the {place} promenade.",
)
MIDDLES = (
    "The kitchen was renewed last year with Bosch appliances.",
    "Built-in wardrobes in every bedroom, and a store room by the entrance.",
    "Chiller is included in the service charge.",
    "The main bedroom has its own bathroom with a tub and a separate shower.",
    "Floor-to-ceiling glass, oak floors, and blinds that stay.",
    "There is a study that takes a single bed when guests come.",
)
ENDINGS = {
    OccupantType.VACANT: ("Vacant and ready to move in.", "Viewings on short notice, keys are with us."),
    OccupantType.TENANT: ("Rented until spring; the tenant would like to stay.", "The tenant moves out in two months."),
    OccupantType.OWNER: ("Pool, gym and a covered parking bay belong to it.", "Handover within a month of signing."),
}
ARABIC = (
    "شقة مشرقة في {building_ar} مع إطلالة مفتوحة، قريبة من الممشى والمطاعم، مع موقف سيارة مغطى.",
    "شقة واسعة بتشطيبات راقية في {building_ar}، مطبخ مجهز بالكامل ومسبح وصالة رياضية في المبنى.",
    "للعائلات: غرف نوم مع خزائن مدمجة، شرفة كبيرة، وخدمات صيانة على مدار الساعة في {building_ar}.",
)
ACCESS = ("Office, hook {hook}", "Tenant opens, call a day before", "Owner lives there, evenings only",
          "Security desk has the key card", "Office, hook {hook}")  # fmt: skip
PRIVATE = (
    "Owner would take 3% less from a cash buyer.",
    "Do not call before 11:00.",
    "Wants to close before the school year ends.",
    "Has an offer from another agency, exclusive ends soon.",
    "",
    "",
)
NOTES = (
    "Owner agreed to new photos on Thursday.",
    "Two calls from the portal today, both asked about the service charge.",
    "Paint in the hallway needs a touch-up before viewings.",
    "Owner is travelling until the end of the month, reach her by mail.",
    "Title deed checked against the unit: matches.",
    "Bank valuation came in 2% under the asking price.",
    "Neighbour one floor up sold last month, slightly smaller.",
    "سألت المالكة عن موعد انتهاء الوكالة، اتفقنا على التجديد.",
)
HOLD_REASON = "Owner travels, back next month"
WITHDRAWN_REASON = "Owner moves in himself"
CANCELED_REASON = "Owner signed with another agency"


def home_words(bedrooms: int, sub_type: str) -> str:
    """“2-bedroom apartment”, “studio”."""
    return "studio" if bedrooms == 0 else f"{bedrooms}-bedroom {sub_type.lower()}"


def title(rng: Random, bedrooms: int, view: str, place: str, furnished: str) -> str:
    """A headline such as an agent writes."""
    home = "Studio" if bedrooms == 0 else "1 bedroom" if bedrooms == 1 else f"{bedrooms} bedrooms"
    pattern = rng.choice(
        (
            "{home} | {view} view | {place}",
            "{view} view, {home_low}, {furnished}",
            "{home} in {place} with {view_low} view",
        )
    )
    return pattern.format(
        home=home,
        home_low=home[0].lower() + home[1:],
        view=view,
        view_low=view,
        place=place,
        furnished=furnished.lower() or "vacant",
    )


def remarks(rng: Random, occupant: str, **facts) -> str:
    """Three or four sentences, for every fifth listing in Arabic too."""
    sentences = [rng.choice(OPENINGS), *rng.sample(MIDDLES, 2), rng.choice(ENDINGS[occupant])]
    text = " ".join(sentences).format(**facts)
    if rng.random() < 0.22:
        text += "\n\n" + rng.choice(ARABIC).format(**facts)
    return text
