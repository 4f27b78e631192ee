"""What the demo agency's websites look like: three sites, where the listings made by hand stand, who asked for what."""

from dataclasses import dataclass, field

from apps.listings.lookups import PropertyType


@dataclass(frozen=True)
class DemoSite:
    """A website; `share` of each hundred listings of its kind are on it, unless it follows a filter."""

    name: str
    initials: str
    url: str
    profile: str
    kind: str
    place: str = ""
    share: int = 100
    follows: bool = False
    photos: int = 30
    enquiries_by_itself: bool = True


MARINA = DemoSite("Marina Homes", "MH", "https://marina-homes.example", "companion", PropertyType.RESIDENTIAL,
                  place="Dubai Marina", follows=True)  # fmt: skip
PRIME = DemoSite("Prime Dubai", "PD", "https://prime-dubai.example", "property-hive", PropertyType.RESIDENTIAL,
                 share=70, photos=12)  # fmt: skip
HOLIDAY = DemoSite("Holiday Lets", "HL", "https://holiday-lets.example", "companion", PropertyType.RESIDENTIAL_LEASE,
                   share=80, photos=20, enquiries_by_itself=False)  # fmt: skip
SITES = (MARINA, PRIME, HOLIDAY)

# How a placement stands; LIVE where nothing is said.
LIVE, BEHIND, WAITING, REFUSED, LATER, CHANGED, GONE, LEAVING = (
    "live", "behind", "waiting", "refused", "later", "changed", "gone", "leaving",
)  # fmt: skip
STANDS = {
    ("Marina Gate 2", "2304"): {"MH": LIVE, "PD": BEHIND, "HL": REFUSED},
    ("Damac Heights", "5001"): {"MH": LIVE, "PD": LIVE, "HL": LIVE},
    ("Princess Tower", "6805"): {"MH": LIVE, "PD": CHANGED},
    ("Vida Residences", "1803"): {"MH": BEHIND, "PD": WAITING},
    ("Cayan Tower", "4102"): {"MH": LIVE, "PD": LIVE},
    ("Marina Heights", "2910"): {"MH": CHANGED, "PD": LIVE},
    ("Ocean Heights", "2703"): {"MH": LIVE, "PD": LATER, "HL": GONE},
    ("Silverene Tower A", "1507"): {"MH": LIVE, "PD": LEAVING},
    ("The Torch", "3306"): {"MH": GONE, "PD": LIVE},
}


@dataclass(frozen=True)
class Asked:
    """One enquiry: minutes ago, from whom, about what. `answered` is after how many minutes somebody answered; an
    enquiry that is old and was never answered went to the team.
    """

    key: str
    ago: int
    name: str
    phone: str
    email: str
    text: str
    about: tuple[str, str] = ("Marina Gate 2", "2304")
    site: DemoSite = field(default=MARINA)
    answered: int | None = None
    campaign: str = ""
    source: str = "Property page"
    agrees: bool = False


HOUR, DAY = 60, 24 * 60
ENQUIRIES = (
    Asked("1", 4, "Amira Haddad", "+971505550401", "amira@mail.example",
          "Is the study large enough for a cot? We could come on Saturday morning.", agrees=True),
    Asked("2", 9, "Tomasz Kowalski", "+48600555402", "tomasz.k@mail.example",
          "Is the price negotiable for a cash buyer? Funds are in Dubai already.", ("Damac Heights", "5001"), PRIME),
    Asked("3", 12, "J. Whitfield", "+447700900142", "",
          "We saw it from the street last night. Can we see it inside?", ("Cayan Tower", "4102")),
    Asked("4", 52, "Lena Hoffmann", "+4915550105403", "lena@mail.example",
          "Which floor is it, and does the balcony look at the water?", ("Ocean Heights", "2703"), campaign="autumn"),
    Asked("5", 3 * HOUR, "", "+971505550404", "", "Call me, please. I am at the tower until five.",
          ("The Torch", "3306"), source="Call me back"),
    Asked("6", 5 * HOUR, "Rajesh Menon", "+971505550302", "rajesh.menon@mail.example",
          "Is there a second parking bay to be had?", ("Vida Residences", "1803"), answered=7),
    Asked("7", DAY + 2 * HOUR, "Mei Lin", "+6591555405", "mei.lin@mail.example",
          "Looking for two bedrooms with a marina view, moving in February. Do you have others?", answered=11,
          campaign="google", agrees=True),
    Asked("8", DAY + 5 * HOUR, "Carlos Mendes", "+971505550312", "carlos.mendes@mail.example",
          "Is Ocean Heights still free, or is somebody ahead of me?", ("Ocean Heights", "2703"), PRIME, answered=26),
    Asked("9", 2 * DAY, "Fatou Diallo", "+33655554066", "fatou@mail.example",
          "Bonjour, est-ce que l'appartement se loue aussi meublé ?", ("Cayan Tower", "4102"), answered=5),
    Asked("10", 3 * DAY, "محمد الفهيم", "+971505550308", "m.alfahim@mail.example",
          "هل يمكن معاينة الشقة يوم السبت؟", ("Princess Tower", "6805"), answered=9),
    Asked("11", 4 * DAY + 90, "Oliver Grant", "+447700900151", "oliver.grant@mail.example",
          "Please send the service charge of the last three years.", ("Damac Heights", "5001"), answered=64),
    Asked("12", 6 * DAY, "Sara Lindgren", "+46705554077", "sara@mail.example",
          "Do pets live in the building? We have an old dog.", ("The Torch", "3306"), HOLIDAY, answered=13),
    Asked("13", 11 * DAY, "Noah Weiss", "", "noah@mail.example",
          "Could you send a floor plan of the upper level?", ("Princess Tower", "6805"), answered=8, campaign="autumn"),
    Asked("14", 20 * DAY, "Lucas Moreau", "+971505550301", "lucas.moreau@mail.example",
          "Pre-approved to 1.7M. Is The Torch within reach?", ("The Torch", "3306"), answered=12),
)  # fmt: skip
