"""The fields of customers that an import can fill, and the headers by which people and other systems call them.

Headers are those of HubSpot, Pipedrive, Zoho, Salesforce and Google's contacts, of our own export, and what people
type into a spreadsheet. Several columns may be phones, e-mail addresses or notes.
"""

from apps.imports.customers.choices import CHOICES
from apps.imports.understanding.vocabulary import (
    CHOICE,
    DATE,
    LONG_TEXT,
    MONEY,
    OWN_ID,
    TEXT,
    Field,
    Vocabulary,
    barred,
    field_called,
)

# Kinds of cells that only customers have (cells.py).
PHONES, EMAILS, ROLES, SOURCE, REGION = "phones", "emails", "roles", "source", "region"
ANSWER, REFUSAL, NOTES, BUDGET, BEDROOMS, PLACES = "answer", "refusal", "notes", "budget", "bedrooms", "places"
CHANNELS = {"email": "e-mail", "whatsapp": "WhatsApp", "sms": "SMS", "phone": "phone"}


def _numbered(text: str, count: int = 5) -> str:
    """Headers such as `phone`, with those of the second to the fifth of their kind."""
    spellings = [each.strip() for each in text.split("|")]
    more = [f"{each} {n}{value}" for each in spellings for n in range(1, count + 1) for value in ("", " value")]
    return " | ".join([*spellings, *more])


def _consents() -> list[Field]:
    found = []
    for channel, name in CHANNELS.items():
        plain = name.lower().replace("-", " ")
        found.append(
            field_called(
                f"consent_{channel}",
                f"Agrees to {name}",
                ANSWER,
                f"{plain} consent | {plain} opt in | {plain} marketing consent | consent to {plain}"
                + (" | marketing status | opt in | newsletter | marketing consent" if channel == "email" else ""),
            )
        )
    refusals = {
        "email": "has opted out of email | email opt out | unsubscribed from all email | email opted out"
        " | opted out of email | unsubscribed | email unsubscribed",
        "phone": "do not call | call opt out | phone opt out | do not phone",
        "sms": "sms opt out | has opted out of sms | do not text | opted out of sms",
        "whatsapp": "whatsapp opt out | opted out of whatsapp",
    }
    for channel, headers in refusals.items():
        found.append(field_called(f"no_{channel}", f"Does not want {CHANNELS[channel]}", REFUSAL, headers))
    return found


_ALL = [
    field_called(
        OWN_ID,
        "Source's own id",
        TEXT,
        "id | record id | contact id | person id | customer id | lead id | client id | external id | guid | uid"
        " | unique id | hubspot id | zoho id | user id",
        max_length=200,
    ),
    field_called("reference", "Reference", TEXT, "our reference | customer reference | ref", max_length=20),
    field_called("kind", "Person or company", CHOICE, "kind | customer type | contact type | type | record type"),
    field_called(
        "full_name",
        "Name",
        TEXT,
        "full name | contact name | customer name | client name | display name | lead name | contact person | contact"
        " | customer | client | الاسم | اسم العميل | الاسم الكامل",
        max_length=160,
    ),
    field_called("first_name", "First name", TEXT, "first | given name | forename | الاسم الاول", max_length=80),
    field_called("middle_name", "Middle name", TEXT, "middle | additional name", max_length=80),
    field_called(
        "last_name", "Last name", TEXT, "last | surname | family name | second name | اسم العائلة", max_length=80
    ),
    field_called(
        "company_name",
        "Company",
        TEXT,
        "company name | account | account name | organization | organisation | organization name | employer"
        " | associated company | primary associated company | business name | organization 1 name | الشركة",
        max_length=160,
    ),
    field_called(
        "phones",
        "Phone",
        PHONES,
        _numbered("phone | mobile | phone number | mobile number | telephone")
        + " | phones | mobiles | mobile phone | mobile phone number | cell | cell phone | tel | home phone"
        " | work phone | other phone | business phone | office phone | assistant phone | secondary phone"
        " | alternate phone | whatsapp | whatsapp number | whatsapp phone number | contact number | primary phone"
        " | phone work | phone home | phone mobile | phone other"
        " | phone main | contact phone | number | asst phone | direct line | landline"
        " | الهاتف | رقم الهاتف | الجوال | رقم الجوال | هاتف | موبايل | جوال",
        several=True,
    ),
    field_called(
        "emails",
        "E-mail",
        EMAILS,
        _numbered("email | e mail | email address")
        + " | emails | e mails | mail | secondary email | primary email | work email | home email | other email"
        " | email work | email home | email other | personal email | email addresses | additional email addresses"
        " | alternate email | البريد | البريد الالكتروني | البريد الإلكتروني | الايميل",
        several=True,
    ),
    field_called("roles", "Is a", ROLES, "roles | role | contact role | buyer or seller | buyer role | client type"),
    field_called(
        "stage", "Stage", CHOICE, "status | lifecycle stage | lead status | contact stage | lifecyclestage | الحالة"
    ),
    field_called("language", "Language", TEXT, "preferred language | speaks | languages | اللغة", max_length=40),
    field_called("nationality", "Nationality", TEXT, "citizenship | الجنسية", max_length=60),
    field_called(
        "source",
        "Came by",
        SOURCE,
        "source | lead source | original source | original traffic source | channel | how they came | المصدر",
    ),
    field_called(
        "campaign",
        "Campaign",
        TEXT,
        "utm campaign | original source drill down 1 | source campaign | source detail | source details",
        max_length=120,
    ),
    field_called(
        "agent_email",
        "Agent's e-mail",
        TEXT,
        "agent email | owner email | owner id email | assigned to email | broker email | contact owner email"
        " | consultant email",
        max_length=160,
    ),
    field_called(
        "agent_name",
        "Agent",
        TEXT,
        "owner | contact owner | owner name | owner id name | record owner | owner alias | assigned to | agent name"
        " | responsible"
        " | responsible person | sales rep | broker | consultant | account manager | hubspot owner | الوسيط",
        max_length=160,
    ),
    field_called(
        "do_not_contact",
        "Do not contact",
        REFUSAL,
        "dnc | do not contact me | blacklisted | blocked | no contact | do not disturb",
    ),
    *_consents(),
    field_called("is_deleted", "Deleted in the source", REFUSAL, "deleted | removed | in trash"),
    field_called("payment", "Pays by", CHOICE, "payment | paying | payment method | finance | financing"),
    field_called("moving_on", "Moves on", DATE, "moving on | move in date | moving date | move in"),
    field_called("summary", "In a line", LONG_TEXT, "summary | about | headline | background", max_length=2000),
    field_called(
        "notes",
        "Notes",
        NOTES,
        "note | description | comments | comment | remarks | message | enquiry | inquiry | last note | ملاحظات",
        max_length=20_000,
        several=True,
    ),
    field_called(
        "phone_region",
        "Country of phone numbers",
        REGION,
        "country | country code | country region | mailing country | address country | other country | الدولة",
    ),
    field_called(
        "property_type",
        "Looks for sale or rent",
        CHOICE,
        "looking to | interested in | purpose | looking for | requirement type | enquiry type | wants to",
    ),
    field_called(
        "price_min", "Budget from", MONEY, "min budget | minimum budget | budget min | price from | min price",
        tells=("currency",),
    ),
    field_called(
        "price_max",
        "Budget to",
        BUDGET,
        "budget | max budget | maximum budget | budget max | price to | max price | price range | budget range"
        " | الميزانية",
        tells=("currency",),
    ),
    field_called("currency", "Currency", CHOICE, "budget currency | currency code"),
    field_called(
        "bedrooms_min", "Bedrooms", BEDROOMS, "beds | no of bedrooms | bedroom | number of bedrooms | bedrooms wanted"
    ),
    field_called(
        "places",
        "Areas",
        PLACES,
        "area | preferred area | preferred areas | preferred location | preferred locations | area of interest"
        " | areas of interest | communities | community | location preference | preferred community",
    ),
]  # fmt: skip
CUSTOMERS = Vocabulary(
    subject="customers",
    fields={field.name: field for field in _ALL},
    choices=CHOICES,
    prefixes=("person", "contact", "customer", "client", "lead", "people"),
    filler=frozenset(
        barred(
            "the | of | nr | no | main | primary | default | value | person | contact | customer | client | lead | work"
            " | home"
        )
    ),
    needed=(("full_name", "first_name", "last_name", "company_name"), ("phones", "emails")),
    said_once=("roles", "property_type", "currency", "phone_region"),
    known_by=(
        (OWN_ID, "reference"),
        ("full_name", "first_name", "company_name"),
        ("last_name",),
        ("phones",),
        ("emails",),
        ("agent_name", "agent_email"),
    ),
    further_labels={"agent": "Agent", "full_name": "Name", "wish": "Looks for"},
)
