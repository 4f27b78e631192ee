"""Lists of customers in the manner of other systems, written by hand; nobody in them is real."""

import json

from tests.imports.files import csv_text, zip_bytes

HEADER = ["Id", "Name", "Phone", "E-mail", "Is a", "Status", "Source", "Agent", "Language"]
ROWS = [
    ["1", "Anna Berg", "050 123 4567", "anna@mail.test", "Buyer", "New", "Bayut", "layla@marina.example", "English"],
    ["2", "Omar Saad", "+971 55 765 4321", "omar@mail.test", "Tenant", "Active", "Referral", "", "Arabic"],
    ["3", "Delta Homes LLC", "04 388 1234", "office@delta.test", "Landlord; Seller", "Customer", "Website", "", ""],
]


def people(*more: list[str], **cells) -> str:
    """The rows above as CSV; `cells` such as `row_1={"Status": "Won"}` change some of them."""
    lines = []
    for row in ROWS:
        lines.append(list((dict(zip(HEADER, row, strict=True)) | cells.get(f"row_{row[0]}", {})).values()))
    return csv_text(HEADER, *lines, *more)


# One person, as each system exports a contact.
SYSTEMS = {
    "HubSpot": {
        "Record ID": "501", "First Name": "Anna", "Last Name": "Berg", "Email": "anna@mail.test",
        "Phone Number": "050 123 4567", "Mobile Phone Number": "+49 30 901820", "Contact owner": "Layla Haddad",
        "Lifecycle Stage": "Opportunity", "Original Source": "Organic Search", "Preferred language": "English",
        "Unsubscribed from all email": "true", "Associated Company": "Berg AG", "Create Date": "2026-01-02 10:00",
        "Marketing contact status": "Non-marketing contact",
    },
    "Pipedrive": {
        "Person - ID": "501", "Person - Name": "Anna Berg", "Person - Email - Work": "anna@mail.test",
        "Person - Email - Home": "", "Person - Phone - Work": "050 123 4567", "Person - Phone - Mobile": "+4930901820",
        "Person - Organization": "Berg AG", "Person - Owner": "Layla Haddad",
        "Person - Marketing status": "Unsubscribed", "Person - Source": "Website",
    },
    "Zoho": {
        "Record Id": "zcrm_501", "First Name": "Anna", "Last Name": "Berg", "Account Name": "Berg AG",
        "Email": "anna@mail.test", "Phone": "0501234567", "Mobile": "0049 30 901820", "Contact Owner": "Layla Haddad",
        "Lead Source": "Website", "Email Opt Out": "true", "Salutation": "Ms",
    },
    "Salesforce": {
        "Id": "0035g00000ABCDE", "FirstName": "Anna", "LastName": "Berg", "Account.Name": "Berg AG",
        "Phone": "(050) 123-4567", "MobilePhone": "+49 (30) 901820", "Email": "anna@mail.test",
        "LeadSource": "Web", "Owner.Name": "Layla Haddad", "HasOptedOutOfEmail": "true",
    },
    "Google": {
        "Given Name": "Anna", "Family Name": "Berg", "E-mail 1 - Value": "anna@mail.test",
        "Phone 1 - Value": "050 123 4567 ::: +49 30 901820", "Organization 1 - Name": "Berg AG",
        "Owner": "Layla Haddad", "Source": "Website", "Email opt out": "yes",
    },
}  # fmt: skip


def contacts_zip() -> bytes:
    """The shape of a Salesforce tree export: contacts, the brokers beside them, and the houses."""
    contacts = [
        {
            "attributes": {"type": "Contact", "referenceId": f"Contact{n}Ref"},
            "FirstName": first,
            "LastName": "Example",
            "Phone": f"617-244-{n:04d}",
            "Email": f"{first.lower()}@mail.test",
        }
        for n, first in enumerate(["Ada", "Ben", "Cleo"], 1001)
    ]
    brokers = [{"attributes": {"type": "Broker__c"}, "Name": "Bo Broker", "Phone__c": "1", "Email__c": "b@mail.test"}]
    houses = [{"attributes": {"type": "Property__c"}, "Name": "House", "Price__c": 5, "Beds__c": 3}]
    as_json = {
        "contacts-data__json": contacts,
        "brokers-data__json": brokers,
        "properties-data__json": houses,
    }
    return zip_bytes(**{name: json.dumps({"records": records}) for name, records in as_json.items()})
