"""Words that stand for the values of customers' fields, in English and Arabic and as other systems call them."""

from phonenumbers import SUPPORTED_REGIONS, country_code_for_region

from apps.core.money import Currency
from apps.customers.lookups import CustomerKind, CustomerRole, Payment, Source, Stage
from apps.imports.understanding.choices import CURRENCIES, Choices
from apps.imports.understanding.vocabulary import barred
from apps.listings.lookups import PropertyType


class Regions:
    """Countries by their ISO code, as far as phone numbers are known of them."""

    choices = [(code, f"{code} +{country_code_for_region(code)}") for code in sorted(SUPPORTED_REGIONS)]


LOOKUPS = {
    "kind": CustomerKind,
    "roles": CustomerRole,
    "stage": Stage,
    "source": Source,
    "payment": Payment,
    "phone_region": Regions,
    "property_type": PropertyType,
    "currency": Currency,
}
R, S, P = CustomerRole, Stage, PropertyType
SYNONYMS: dict[str, dict[str, str]] = {
    "kind": {
        CustomerKind.PERSON: "individual | private | people | contact | natural person | human | فرد",
        CustomerKind.COMPANY: "business | organization | organisation | corporate | account | legal entity | developer"
        " | شركة",
    },
    "roles": {
        R.BUYER: "buyers | buying | purchaser | to buy | buy | investor | potential buyer | buyer lead | مشتري",
        R.TENANT: "tenants | renter | renting | to rent | rent | lessee | potential tenant | tenant lead | مستأجر",
        R.SELLER: "sellers | selling | vendor | to sell | sell | seller lead | بائع",
        R.LANDLORD: "landlords | lessor | letting | to let | landlord lead | مؤجر",
    },
    "stage": {
        S.NEW: "lead | open | not contacted | new lead | fresh | subscriber | raw | unread | attempted to contact"
        " | جديد",
        S.SEARCHING: "in progress | open deal | connected | working | contacted | active | qualified | warm | nurturing"
        " | hot | marketing qualified lead | sales qualified lead | marketingqualifiedlead | salesqualifiedlead"
        " | follow up | in contact | engaged | interested",
        S.VIEWING: "viewings | viewing booked | viewed | site visit | tour | showing",
        S.OFFER: "opportunity | negotiation | negotiating | offer made | under offer | proposal",
        S.WON: "customer | client | closed | closed won | converted | deal done | existing customer",
        S.DORMANT: "inactive | cold | unqualified | archived | lost | closed lost | bad timing | junk | not interested"
        " | lost lead | dead | former customer | on hold | junk lead",
    },
    "source": {
        Source.WEBSITE: "web | web form | organic search | direct traffic | online | site | our website | paid search"
        " | organic social | paid social | web research | chat | landing page | web download | online store",
        Source.PORTAL: "bayut | property finder | propertyfinder | dubizzle | zillow | rightmove | zoopla | portals"
        " | james edition | property portal | opensooq",
        Source.PHONE: "call | phone call | cold call | phone inquiry | phone enquiry | incoming call | telephone"
        " | whatsapp",
        Source.WALK_IN: "walkin | walk in | office visit | office | open house | visit",
        Source.REFERRAL: "referrals | referred | word of mouth | employee referral | external referral | friend"
        " | partner | recommendation | customer referral | partner referral",
        Source.IMPORT: "imported | offline sources | purchased list",
        Source.OTHER: "others | unknown",
    },
    "payment": {
        Payment.CASH: "cash buyer | own funds | نقد",
        Payment.MORTGAGE: "finance | financed | loan | bank | bank finance | home loan | رهن",
        Payment.UNKNOWN: "unknown",
    },
    "phone_region": {
        "AE": "uae | united arab emirates | u a e | emirates | الامارات | الإمارات",
        "OM": "oman | sultanate of oman", "SA": "saudi arabia | ksa", "QA": "qatar", "BH": "bahrain", "KW": "kuwait",
        "EG": "egypt", "JO": "jordan", "LB": "lebanon", "IN": "india", "PK": "pakistan", "IR": "iran", "IQ": "iraq",
        "TR": "turkey | türkiye", "US": "usa | united states | united states of america | america",
        "CA": "canada", "GB": "uk | united kingdom | great britain | england", "IE": "ireland", "DE": "germany",
        "FR": "france", "ES": "spain", "IT": "italy", "PT": "portugal", "NL": "netherlands", "CH": "switzerland",
        "AT": "austria", "BE": "belgium", "SE": "sweden", "NO": "norway", "DK": "denmark", "PL": "poland",
        "RU": "russia | russian federation", "UA": "ukraine", "CN": "china", "JP": "japan", "AU": "australia",
        "NZ": "new zealand", "ZA": "south africa", "BR": "brazil", "PH": "philippines", "LK": "sri lanka",
    },
    "property_type": {
        P.RESIDENTIAL: "sale | buy | buying | to buy | purchase | buyer | for sale | شراء",
        P.RESIDENTIAL_LEASE: "rent | renting | to rent | lease | rental | tenant | for rent | ايجار | إيجار",
    },
    "currency": CURRENCIES,
}  # fmt: skip
CHOICES = Choices(LOOKUPS, SYNONYMS)
# What systems write where somebody was asked, and where nobody was.
AGREES = barred(
    "yes | y | true | 1 | t | نعم | granted | opted in | opt in | optin | subscribed | agrees | agreed | allowed"
)
OPTED_OUT = barred("opted out | opt out | optout | unsubscribed")
REFUSES = (*OPTED_OUT, *barred("no | n | false | 0 | f | لا | denied | refused | does not want it"))
NOT_ASKED = barred(
    "no consent | not asked | unknown | not specified | pending | archived | non subscribed | never subscribed"
    " | marketing contact | non marketing contact"  # HubSpot's “Marketing contact status”: a tariff
)
