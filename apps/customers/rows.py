"""How a customer reads in the list: a dict of ready words and marks for each row (templates/customers/_rows.html)."""

import zlib
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.core.templatetags.ui import when
from apps.customers.models import Customer, EmailAddress, Phone
from apps.customers.phones import spoken
from apps.customers.templatetags.customers import stage_badge

COLUMNS = (
    "pk",
    "version",
    "reference",
    "kind",
    "full_name",
    "company_name",
    "stage",
    "roles",
    "do_not_contact",
    "agent_id",
    "waiting_since",
    "last_contact_at",
    "next_task_due",
    "next_task_title",
    "created_at",
    "modified_at",
    "name_key",
)
HUES = 12


class Rows:
    """Makes rows for one page: as of today, with links that remember the list they came from."""

    def __init__(self, agency, today: date, querystring: str = ""):
        self.today = today
        self.region = agency.phone_region
        self.language = get_language()
        self.base = reverse("customers:list")
        self.tail = f"?{querystring}" if querystring else ""

    def rows(self, customers: Iterable[Customer], agents: dict) -> list[dict]:
        """All rows of the page; `agents` are the people by key. Two queries, whatever the number of rows."""
        customers = list(customers)
        phones, emails = _first_of(Phone, customers), _first_of(EmailAddress, customers)
        return [
            self.row(customer, phones.get(customer.pk), emails.get(customer.pk), agents.get(customer.agent_id))
            for customer in customers
        ]

    def row(self, customer: Customer, phone, email, agent) -> dict:
        """A row of the table; `here` is the customer's address, to which its page and forms are added."""
        return {
            "pk": customer.pk,
            "here": f"{self.base}{customer.reference}/",
            "select": _("Select %(name)s") % {"name": customer.label},
            "face": _face(zlib.crc32(customer.reference.encode()) % HUES, customer.initials),
            "label": customer.label,
            "contact": self._contact(customer, phone, email),
            "roles": ", ".join(customer.role_labels),
            "stage": stage_badge(customer.stage),
            "last": when(customer.last_contact_at),
            "next": self._next(customer),
            "agent": _agent(agent.hue, agent.initials, agent.short_name) if agent else "",
        }

    def _contact(self, customer, phone, email):
        if customer.do_not_contact:
            return format_html('<span class="worse">{}</span>', _("Do not contact"))
        if phone is not None:
            said = spoken(phone.e164, self.region) if phone.e164 else phone.as_written
            return format_html('<span dir="ltr">{}</span>', said)
        return email.address if email is not None else customer.reference

    def _next(self, customer):
        if customer.waiting_since is not None:
            waiting = '<span class="late">{} {}</span>'
            return format_html(waiting, _("Waiting since"), when(customer.waiting_since))
        if customer.next_task_due is None:
            return format_html('<span class="sub">{}</span>', _("None")) if customer.is_open else ""
        is_late = customer.next_task_due < self.today
        html = '{}<span class="m{}">{}{}</span>'
        late = _("Late, due") if is_late else ""
        day = when(customer.next_task_due)
        return format_html(html, customer.next_task_title, " late" if is_late else "", f"{late} " if late else "", day)


def _first_of(model, customers) -> dict:
    """By customer, the phone or e-mail address that comes first."""
    found = {}
    for row in model.objects.filter(customer__in=[customer.pk for customer in customers]).order_by("position", "id"):
        found.setdefault(row.customer_id, row)
    return found


# The pieces below repeat from row to row and from page to page.
@lru_cache(maxsize=5000)
def _face(hue, initials):
    return format_html('<span class="av md h{}" aria-hidden="true">{}</span>', hue, initials)


@lru_cache(maxsize=1000)
def _agent(hue, initials, name):
    html = '<span class="avs"><span class="av h{}" aria-hidden="true">{}</span>{}</span>'
    return format_html(html, hue, initials, name)
