"""Customers by name in either spelling, any part of a phone, e-mail or reference: only those this person may see."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html

from apps.customers import finding, flags
from apps.customers.models import Customer
from apps.customers.phones import is_number_like
from apps.customers.templatetags.customers import stage_badge
from apps.search.marks import marked
from apps.search.registry import Asked, Hit, Source


def find(asked: Asked) -> list[Hit]:
    """Hits for customers, the likeliest first."""
    return [
        _hit(found.customer, asked.words, matched=found.matched if found.by != finding.NAME else "")
        for found in finding.find_customers(asked.text, asked.user, asked.limit)
    ]


def recall(user, references: Sequence[str]) -> dict[str, Hit]:
    """The customers of these references, as hits."""
    rows = Customer.objects.visible_to(user).select_related("agent").filter(reference__in=references)
    return {customer.reference: _hit(customer, ()) for customer in rows}


def _hit(customer: Customer, words, matched: str = "") -> Hit:
    agent = customer.agent.short_name if customer.agent else ""
    note = " · ".join(part for part in (customer.reference, *customer.role_labels, agent) if part)
    if matched and matched != customer.reference:
        note = format_html('<mark dir="ltr">{}</mark> · {}', matched, note)
    return Hit(
        customer.get_absolute_url(),
        marked(customer.label, words),
        note,
        initials=customer.initials,
        hue=customer.hue,
        badge=stage_badge(customer.stage),
    )


def is_name(text: str) -> bool:
    """Whether a new customer could be called that."""
    return not is_number_like(text) and any(letter.isalpha() for letter in text)


def _more(text: str) -> str:
    return f"{reverse('customers:list')}?{urlencode({'q': text})}"


SOURCE = Source(
    "customers",
    "Customers",
    "customers.view_customer",
    find,
    view="customers:detail",
    recall=recall,
    more=_more,
    flag=flags.CUSTOMERS,
    order=20,
)
