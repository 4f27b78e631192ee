"""How a customer reads in the list: a dict of ready words and marks for each row (templates/customers/_rows.html)."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.db import connection
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.core.templatetags.ui import late_due, when
from apps.customers.models import Customer
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
    "agent__full_name",
    "agent__email",
    "waiting_since",
    "last_contact_at",
    "next_task_due",
    "next_task_title",
    "created_at",
    "modified_at",
    "name_key",
    "agent_key",
)
# By hand: Django takes longer to write this than PostgreSQL to answer it.
FIRST_CONTACTS = """
    SELECT DISTINCT ON (customer_id) customer_id, is_phone, number, text FROM (
        SELECT customer_id, true AS is_phone, e164 AS number, as_written AS text, position, id
          FROM customers_phone WHERE customer_id = ANY (%(whose)s::bigint[])
         UNION ALL
        SELECT customer_id, false, '', address, position, id
          FROM customers_emailaddress WHERE customer_id = ANY (%(whose)s::bigint[])
    ) AS contact ORDER BY customer_id, is_phone DESC, position, id
"""


class Rows:
    """Makes rows for one page: as of today, with links that remember the list they came from."""

    def __init__(self, agency, today: date, querystring: str = ""):
        self.today = today
        self.region = agency.phone_region
        self.language = get_language()
        self.base = reverse("customers:list")
        self.select = _("Select %(name)s")
        self.tail = f"?{querystring}" if querystring else ""

    def rows(self, customers: Iterable[Customer]) -> list[dict]:
        """All rows of the page. One query, whatever the number of rows."""
        customers = list(customers)
        contacts = _contacts(customers)
        return [self.row(one, contacts.get(one.pk)) for one in customers]

    def row(self, customer: Customer, contact) -> dict:
        """A row of the table; `here` is the customer's address, to which its page and forms are added."""
        agent, label = customer.agent, customer.label
        return {
            "customer": customer,
            "pk": str(customer.pk),  # a number would be written as people of the language write it, digit by digit
            "here": f"{self.base}{customer.reference}/",
            "select": self.select % {"name": label},
            "face": _face(customer.hue, customer.initials),
            "label": label,
            "contact": self._contact(customer, contact),
            "stage": stage_badge(customer.stage),
            "last": when(customer.last_contact_at),
            "next": self._next(customer),
            "agent": _agent(agent.hue, agent.initials, agent.short_name) if agent else "",
        }

    def _contact(self, customer, contact):
        if customer.do_not_contact:
            return format_html('<span class="worse">{}</span>', _("Do not contact"))
        if contact is None:
            return customer.reference
        is_phone, number, text = contact
        if is_phone:
            return _number(number, self.region) if number else format_html('<span dir="ltr">{}</span>', text)
        return text

    def _next(self, customer):
        if customer.waiting_since is not None:
            waiting = '<span class="late">{}<span class="m late">{}</span></span>'
            return format_html(waiting, _("Waits for an answer"), when(customer.waiting_since))
        if customer.next_task_due is None:
            return format_html('<span class="sub">{}</span>', _("No next step")) if customer.is_open else ""
        is_late = customer.next_task_due < self.today
        html = '{}<span class="m{}">{}</span>'
        day = late_due(customer.next_task_due) if is_late else when(customer.next_task_due)
        return format_html(html, customer.next_task_title, " late" if is_late else "", day)


def _contacts(customers) -> dict[int, tuple[bool, str, str]]:
    """By customer, the first phone, or else the first e-mail: whether it is a phone, its number, and its text."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_CONTACTS, {"whose": [customer.pk for customer in customers]})
        return {customer: (is_phone, number, text) for customer, is_phone, number, text in cursor.fetchall()}


# The pieces below repeat from row to row and from page to page.
@lru_cache(maxsize=5000)
def _face(hue, initials):
    return format_html('<span class="av md h{}" aria-hidden="true">{}</span>', hue, initials)


@lru_cache(maxsize=5000)
def _number(e164, region):
    return format_html('<span dir="ltr">{}</span>', spoken(e164, region))


@lru_cache(maxsize=1000)
def _agent(hue, initials, name):
    html = '<span class="avs"><span class="av h{}" aria-hidden="true">{}</span>{}</span>'
    return format_html(html, hue, initials, name)
