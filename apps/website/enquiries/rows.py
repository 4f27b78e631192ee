"""How enquiries read in their list: ready words and marks for each row (templates/website/enquiries/_rows.html)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.customers.models import Customer
from apps.customers.phones import parse, spoken
from apps.listings.models import Listing
from apps.website.models import Enquiry, Site

LONGEST = 90
HOUR, DAY = 60, 24 * 60


def age(minutes: int) -> str:
    """“11 min”, “3 h”, “2 days”."""
    if minutes < HOUR:
        return _("%(count)d min") % {"count": minutes}
    if minutes < 2 * DAY:
        return _("%(count)d h") % {"count": minutes // HOUR}
    return _("%(count)d days") % {"count": minutes // DAY}


def contact(enquiry: Enquiry, region: str) -> str:
    """The phone as people here say it, else the e-mail."""
    e164 = parse(enquiry.phone, region) if enquiry.phone else None
    return (spoken(e164, region) if e164 else enquiry.phone) or enquiry.email


def state(enquiry: Enquiry, now: datetime) -> tuple[str, str, str]:
    """Hue, glyph and words of the badge that says how an enquiry stands."""
    waited = age(enquiry.minutes(now))
    if enquiry.set_aside:
        return "slate", "st-canceled", enquiry.get_set_aside_display()
    if enquiry.answered_at:
        return "green", "st-closed", _("Answered after %(age)s") % {"age": waited}
    if enquiry.escalated_at:
        return "red", "st-expired", _("Waits %(age)s") % {"age": waited}
    return "amber", "st-pending", _("Waits %(age)s") % {"age": waited}


class Rows:
    """Makes rows for one page. Four queries, whatever the number of rows."""

    def __init__(self, agency, now: datetime):
        self.region = agency.phone_region
        self.now = now

    def rows(self, enquiries: Iterable[Enquiry]) -> list[dict]:
        """All rows of the page, in their order."""
        enquiries = list(enquiries)
        sites = _named(Site.objects.only("pk", "name"), enquiries, "site_id")
        people = User.objects.only("pk", "full_name", "email")
        customers = _named(Customer.objects.defer("summary"), enquiries, "customer_id")
        agents = people.in_bulk({agent for one in enquiries if (agent := _agent(one, customers)) is not None})
        listings = _named(Listing.objects.defer("search_vector", "public_remarks"), enquiries, "listing_id")
        return [self._row(one, sites, customers, listings, agents) for one in enquiries]

    def _row(self, one, sites, customers, listings, agents) -> dict:
        customer, listing = customers.get(one.customer_id), listings.get(one.listing_id)
        hue, glyph, words = state(one, self.now)
        return {
            "pk": one.pk,
            "url": one.get_absolute_url(),
            "label": customer.label if customer else one.label,
            "is_unclear": customer is None,
            "contact": contact(one, self.region),
            "listing": listing,
            "asked": one.asked_reference,
            "text": Truncator(" ".join(one.text.split())).chars(LONGEST),
            "site": sites[one.site_id].name,
            "received": one.received_at,
            "hue": hue,
            "glyph": glyph,
            "state": words,
            "agent": agents.get(_agent(one, customers)),
        }


def _agent(one, customers):
    customer = customers.get(one.customer_id)
    return customer.agent_id if customer else one.agent_id


def _named(rows: models.QuerySet, enquiries, column: str) -> dict:
    return rows.in_bulk({key for one in enquiries if (key := getattr(one, column)) is not None})
