"""What the search knows from the start: listings, units, customers, enquiries, places, colleagues, websites, and what
there is to do.
"""

from apps.customers.phones import is_number_like
from apps.search.registry import Command, add_command, add_source
from apps.search.sources import customers, enquiries, listings, people, places, units, websites
from apps.viewings import flags as viewings

SOURCES = (
    listings.SOURCE,
    units.SOURCE,
    customers.SOURCE,
    enquiries.SOURCE,
    places.SOURCE,
    people.SOURCE,
    websites.SOURCE,
)
COMMANDS = (
    Command("New listing", "listings:new", "plus", "listings.add_listing", key="N", words="add take on", order=10),
    Command(
        "New customer",
        "customers:new",
        "user-plus",
        "customers.add_customer",
        flag=customers.flags.CUSTOMERS,
        named="New customer “{}”",
        parameter="name",
        takes=customers.is_name,
        words="add lead person",
        order=20,
    ),
    Command(
        "Log a call",
        "calls:call",
        "phone",
        "customers.add_customer",
        flag=customers.flags.CUSTOMERS,
        named="Log a call from {}",
        parameter="number",
        takes=is_number_like,
        words="phone ring",
        order=15,
    ),
    Command(
        "Book viewing",
        "viewings:book",
        "calendar-plus",
        "viewings.add_viewing",
        flag=viewings.VIEWINGS,
        words="show appointment",
        key="V",
        order=30,
    ),
    Command(
        "New task",
        "tasks:new",
        "circle-check",
        "customers.change_customer",
        flag=customers.flags.CUSTOMERS,
        words="add reminder",
        order=40,
    ),
    Command("Import a file", "imports:new", "file-import", "imports.run_import", words="upload", order=60),
    Command(
        "Erasures",
        "customers:erasures",
        "history",
        "customers.erase_customer",
        flag=customers.flags.CUSTOMERS,
        words="privacy forget receipts",
        order=70,
    ),
    Command(
        "Trouble on websites",
        "website:trouble",
        "alert-triangle",
        "website.view_site",
        flag=enquiries.flags.WEBSITE,
        words="failed refused retry",
        order=75,
    ),
    Command("Profile and look", "accounts:profile", "user", "listings.view_listing", words="dark theme", order=80),
)


def register_all() -> None:
    """Register everything; called once at start."""
    for source in SOURCES:
        add_source(source)
    add_command(*COMMANDS)
