"""Who the demo agency's customers are: made up, with numbers and addresses that nobody has."""

from dataclasses import dataclass, field

from apps.customers.lookups import CustomerKind, CustomerRole, Payment, Source, Stage

B, T, S, L = CustomerRole.BUYER, CustomerRole.TENANT, CustomerRole.SELLER, CustomerRole.LANDLORD
CASH, MORTGAGE, UNKNOWN = Payment.CASH, Payment.MORTGAGE, Payment.UNKNOWN
LAYLA, OMAR, PRIYA, TOM = (f"{name}@marina.example" for name in ("layla", "omar", "priya", "tom"))


@dataclass(frozen=True)
class Demo:
    """One customer. `known` counts the days since the first contact, `step` is the next task and the days until it."""

    name: str
    phone: str
    stage: Stage
    agent: str
    roles: tuple = (B,)
    payment: Payment = UNKNOWN
    source: Source = Source.PORTAL
    campaign: str = ""
    language: str = "English"
    nationality: str = ""
    known: int = 20
    moving: int | None = None
    summary: str = ""
    step: tuple[str, int] | None = None
    notes: tuple = field(default=())
    company: str = ""
    refuses: bool = False
    email: str = ""

    @property
    def kind(self) -> CustomerKind:
        return CustomerKind.COMPANY if self.company else CustomerKind.PERSON

    @property
    def address(self) -> str:
        """The e-mail address by which the demo knows its customer again."""
        if self.email:
            return self.email
        words = [word for word in self.name.lower().split() if word.isascii()]
        return f"{words[0]}.{words[-1]}@mail.example"


# Owners of the units (apps/listings/demo/texts.py), each with the agent who looks after them.
OWNERS = {
    "Fatima Al Mansoori": ("+971505550188", LAYLA, "Arabic", "UAE"),
    "Rashid Al Suwaidi": ("+971505550201", OMAR, "Arabic", "UAE"),
    "Elena Petrova": ("+971505550202", LAYLA, "Russian", "Russia"),
    "James Whitfield": ("+971505550203", PRIYA, "English", "United Kingdom"),
    "Wei Zhang": ("+971505550204", OMAR, "Chinese", "China"),
    "Ananya Iyer": ("+971505550205", LAYLA, "English", "India"),
    "Khalid bin Saeed": ("+971505550206", TOM, "Arabic", "UAE"),
    "Maria Fernandes": ("+971505550207", OMAR, "Portuguese", "Portugal"),
    "Hassan Karimi": ("+971505550208", LAYLA, "Persian", "Iran"),
    "Sophie Laurent": ("+971505550209", PRIYA, "French", "France"),
    "Mohammed Al Hashimi": ("+971505550210", LAYLA, "Arabic", "UAE"),
    "Grace Okafor": ("+971505550211", OMAR, "English", "Nigeria"),
    "Daniel Cohen": ("+971505550212", LAYLA, "English", "Israel"),
    "Noura Al Ketbi": ("+971505550213", TOM, "Arabic", "UAE"),
    "Ivan Horvat": ("+971505550214", OMAR, "Croatian", "Croatia"),
    "Aisha Rahman": ("+971505550215", LAYLA, "English", "Pakistan"),
    "Peter Lindqvist": ("+971505550216", PRIYA, "Swedish", "Sweden"),
    "Salma Nasser": ("+971505550217", OMAR, "Arabic", "Lebanon"),
}

WHITFIELDS = Demo(
    "James and Helen Whitfield", "+447700900142", Stage.VIEWING, LAYLA, (B,), CASH, Source.WEBSITE, "Marina Homes",
    nationality="United Kingdom", known=11, moving=55, email="j.whitfield@mail.example",
    summary="Cash buyers from London, funds shown. Two or three bedrooms with a marina view, moving in January.",
    step=("Send service charge history", 0),
    notes=(
        (3, "call", "Budget can stretch to 2.6M for a third bedroom."),
        (1, "message", "Sent four listings in Dubai Marina, they opened three."),
        (0, "message", "Perfect, see you in lobby B at half two. Helen will join."),
    ),
)  # fmt: skip

CUSTOMERS = (
    WHITFIELDS,
    Demo("J. Whitfield", "+447700900142", Stage.NEW, OMAR, known=4, source=Source.PORTAL, email="jw@post.example",
         summary="Asked on the portal about Cayan Tower."),
    Demo("Lucas Moreau", "+971505550301", Stage.VIEWING, LAYLA, (B,), MORTGAGE, language="French",
         nationality="France", known=16, moving=80, summary="One bedroom near the tram, pre-approved to 1.7M.",
         step=("Ask how he liked The Torch", 0),
         notes=((9, "call", "Bank approved 1.7M, wants to decide this month."),)),
    Demo("Rajesh Menon", "+971505550302", Stage.VIEWING, LAYLA, (B,), CASH, Source.REFERRAL, nationality="India",
         known=24, summary="Second visit to Vida Residences, wife decides.", step=("Prepare comparables for Vida", 1),
         notes=((5, "call", "Liked Vida Residences, wants to see it in daylight with his wife."),)),
    Demo("Aisha Khan", "+971505550303", Stage.OFFER, LAYLA, (B,), MORTGAGE, nationality="Pakistan", known=38,
         summary="Offered 2.35M for Marina Gate 2.", step=("Answer counter-offer from Aisha Khan", -1),
         notes=((2, "call", "Owner counters at 2.42M, she sleeps on it."),)),
    Demo("Sami Khoury", "+971505550304", Stage.SEARCHING, LAYLA, (B, S), CASH, language="Arabic",
         nationality="Lebanon", known=51, summary="Sells Sulafa Tower, then buys larger.",
         step=("Renew mandate with S. Khoury", 0)),
    Demo("Chen Yu", "+971505550305", Stage.SEARCHING, LAYLA, (B,), CASH, Source.WALK_IN, language="Chinese",
         nationality="China", known=8, summary="Investor, looks at yields above 7 %.",
         step=("Send yields of JLT studios", 2)),
    Demo("Emma Johansson", "+971505550306", Stage.WON, LAYLA, (T,), nationality="Sweden", known=120,
         summary="Rents in Silverene Tower until next autumn."),
    Demo("Hamad Al Shamsi", "+971505550307", Stage.DORMANT, LAYLA, (B,), CASH, language="Arabic", nationality="UAE",
         known=160, summary="Waits for prices to come down, call in spring."),
    Demo("محمد الفهيم", "+971505550308", Stage.SEARCHING, LAYLA, (B,), CASH, language="Arabic", nationality="UAE",
         known=13, email="m.alfahim@mail.example", summary="يبحث عن شقة بثلاث غرف في مرسى دبي.",
         step=("Call about Princess Tower", 0), notes=((6, "call", "يفضل الطوابق العليا مع إطلالة على البحر."),)),
    Demo("Nadia Rahimi", "+971505550309", Stage.VIEWING, OMAR, (T,), Payment.UNKNOWN, nationality="Iran", known=9,
         moving=24, summary="Rents from next month, one bedroom to 110K.", step=("Confirm Saturday viewing", 1)),
    Demo("Thomas Weber", "+4915550105501", Stage.SEARCHING, OMAR, (B,), MORTGAGE, language="German",
         nationality="Germany", known=29, summary="Family of five, wants a school nearby.",
         step=("Send Dubai Hills layouts", 3)),
    Demo("Yuki Tanaka", "+971505550311", Stage.NEW, OMAR, (B,), UNKNOWN, Source.WEBSITE, nationality="Japan", known=2,
         summary="Asked about a studio for her daughter."),
    Demo("Carlos Mendes", "+971505550312", Stage.OFFER, OMAR, (B,), CASH, nationality="Brazil", known=44,
         summary="Offer on Ocean Heights waits for the owner.", step=("Chase the owner of Ocean Heights", 0)),
    Demo("Priscilla Wong", "+971505550313", Stage.SEARCHING, OMAR, (T,), nationality="Singapore", known=6, moving=35,
         summary="Relocates with her company in January.", step=("Short list for Priscilla", 1)),
    Demo("Ahmed Mostafa", "+971505550314", Stage.SEARCHING, OMAR, (B,), MORTGAGE, language="Arabic",
         nationality="Egypt", known=33, summary="First home, two bedrooms to 1.6M.", step=None),
    Demo("Ingrid Nilsen", "+971505550315", Stage.DORMANT, OMAR, (T,), nationality="Norway", known=210,
         summary="Went home, may come back."),
    Demo("Viktor Novak", "+971505550316", Stage.WON, OMAR, (B,), CASH, nationality="Czechia", known=95,
         summary="Bought in Business Bay."),
    Demo("Leila Farahani", "+971505550317", Stage.VIEWING, OMAR, (B,), CASH, nationality="Iran", known=18,
         summary="Looks for a penthouse with a terrace.", step=("Key for Cayan Tower", 0)),
    Demo("Oliver Grant", "+447700900151", Stage.SEARCHING, PRIYA, (B,), CASH, Source.REFERRAL,
         nationality="United Kingdom", known=21, summary="Three units to let out, 8M in all.",
         step=("Portfolio proposal", 2), notes=((4, "call", "Prefers towers with low service charge."),)),
    Demo("Reem Al Ali", "+971505550318", Stage.VIEWING, PRIYA, (B,), MORTGAGE, language="Arabic", nationality="UAE",
         known=12, summary="Two bedrooms with a study.", step=("Book second viewing", 1)),
    Demo("Henrik Olsen", "+971505550319", Stage.OFFER, PRIYA, (B,), CASH, nationality="Denmark", known=40,
         summary="Offer on Damac Heights, waits for the bank draft.", step=("Send Form F to Henrik Olsen", -2)),
    Demo("Dina Haddad", "+971505550320", Stage.SEARCHING, PRIYA, (T,), language="Arabic", nationality="Jordan",
         known=5, moving=40, summary="Furnished, near the metro.", step=None),
    Demo("Marco Bianchi", "+971505550321", Stage.DORMANT, PRIYA, (B,), nationality="Italy", known=140,
         summary="Bought elsewhere, wants to stay in touch.", refuses=True),
    Demo("Susan Clarke", "+447700900162", Stage.WON, PRIYA, (B, L), CASH, nationality="United Kingdom", known=180,
         summary="Bought two studios and lets them through us."),
    Demo("Faisal Qureshi", "+971505550322", Stage.SEARCHING, TOM, (B,), MORTGAGE, nationality="Pakistan", known=15,
         summary="Near his office in DIFC.", step=("Call about Index Tower", 4)),
    Demo("Kateryna Bondar", "+971505550323", Stage.VIEWING, TOM, (T,), nationality="Ukraine", known=7, moving=18,
         summary="Two children, needs a unit on a low floor.", step=("Send the tenancy draft", 0)),
    Demo("Abdulla Al Marzooqi", "+971505550324", Stage.SEARCHING, TOM, (B,), CASH, language="Arabic",
         nationality="UAE", known=19, summary="An apartment on the Palm.", step=("Invite to Palm open house", 5)),
    Demo("Claire Dubois", "+971505550325", Stage.NEW, LAYLA, (B,), source=Source.PHONE, language="French",
         nationality="France", known=1, summary="Called about Marina Heights.",
         step=("Call Claire back", 0)),
    Demo("Peter Novotny", "+971505550326", Stage.NEW, PRIYA, (T,), source=Source.PHONE, known=1,
         summary="Short lets for his crew."),
    Demo("Mona El Sayed", "+971505550327", Stage.SEARCHING, LAYLA, (B,), MORTGAGE, language="Arabic",
         nationality="Egypt", known=27, summary="Waits for her bank's approval.", step=("Ask about the approval", 3)),
    Demo("Ravi Shankar", "+971505550328", Stage.WON, LAYLA, (B,), MORTGAGE, nationality="India", known=75,
         summary="Handed over in October, happy."),
    Demo("Tariq Aziz", "+971505550329", Stage.DORMANT, TOM, (B,), nationality="Jordan", known=130,
         summary="Changed his plans."),
    Demo("Bank valuer", "+971505550330", Stage.VIEWING, LAYLA, (B,), source=Source.OTHER, known=3,
         company="Emirates NBD Valuations", email="valuer@bank.example", summary="Values Silverene Tower A, 1507."),
    Demo("Jonas Keller", "+971505550331", Stage.SEARCHING, OMAR, (T,), known=10, company="Falcon Freight LLC",
         email="office@falcon.example", summary="Six furnished homes for pilots.", step=("Offer for six units", 2)),
    Demo("Meera Nair", "+971505550332", Stage.SEARCHING, PRIYA, (B,), CASH, known=14, company="Nair Family Office",
         email="meera@nairoffice.example", summary="Buys whole floors for yield.", step=("Send Business Bay list", 1)),
    Demo("Samuel Adeyemi", "+971505550333", Stage.OFFER, TOM, (B,), MORTGAGE, nationality="Nigeria", known=31,
         summary="Offer accepted, waits for the valuation.", step=("Upload passport copies", 0)),
    Demo("Hana Suzuki", "+971505550334", Stage.SEARCHING, OMAR, (T,), nationality="Japan", known=4, moving=50,
         summary="Quiet tower, no balcony needed.", step=("Send Downtown list", 0)),
    Demo("Zainab Hussain", "+971505550335", Stage.VIEWING, LAYLA, (B,), MORTGAGE, nationality="Bahrain", known=17,
         summary="Two bedrooms, asks for parking for two cars.", step=("Feedback on Cayan Tower", 1)),
)  # fmt: skip

# New customers whom nobody took yet: minutes ago they came, and what they want.
WAITING = (
    (11, Demo("Olga Kuznetsova", "+971505550341", Stage.NEW, "", (B,), summary="2-bed near the tram, to AED 2.2M")),
    (6, Demo("Bilal Dar", "+971505550342", Stage.NEW, "", (B,), summary="Asked about Damac Heights, 5001")),
    (2, Demo("Giulia Parisi", "+971505550343", Stage.NEW, "", (T,), summary="Call-back request, rents now")),
)
