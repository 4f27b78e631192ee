"""The list of enquiries, described once for every door: its filters, views, orders and search."""

import re
from dataclasses import dataclass
from datetime import date

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from phonenumbers import country_code_for_region

from apps.accounts.filters import People
from apps.core.keyset import Key
from apps.core.lists.catalogue import Catalogue, Column, Orders, Search, View, declare
from apps.core.lists.fields import Filter, Section, Since, States, ids_in
from apps.core.lists.page import count_in_words
from apps.customers.phones import home_region
from apps.website import flags
from apps.website.models import Enquiry, Site

STATES = (
    ("open", _("Waiting")),
    ("late", _("Passed to the team")),
    ("answered", _("Answered")),
    ("aside", _("Spam, wrong number")),
    ("unclear", _("From whom is open")),
)
MOST_WORDS = 8


def _states(today: date) -> dict[str, Q]:
    return {
        "open": Q(answered_at__isnull=True),
        "late": Q(answered_at__isnull=True, escalated_at__isnull=False),
        "answered": Q(answered_at__isnull=False, set_aside=""),
        "aside": Q(answered_at__isnull=False) & ~Q(set_aside=""),
        "unclear": Q(customer__isnull=True),
    }


@dataclass(frozen=True)
class Sites(Filter):
    """Where it was asked."""

    def read(self, data, asking):
        ids = ids_in(data.getlist(self.key), self.label, asking)
        sites = Site.objects.filter(pk__in=ids).values_list("pk", "name") if ids else ()
        return tuple((str(pk), name) for pk, name in sites) or None

    def condition(self, value, asking):
        return Q(site__in=[int(pk) for pk, _name in value])

    def text(self, value, asking):
        return ", ".join(name for _pk, name in value)

    def pairs(self, value):
        return [(self.key, pk) for pk, _name in value]

    def section(self, value, asking):
        ticked = {pk for pk, _name in value or ()}
        sites = Site.objects.order_by("name").values_list("pk", "name")
        return Section(self, "choice", [(str(pk), name, str(pk) in ticked) for pk, name in sites])


class EnquirySearch(Search):
    """Every word must occur in name, e-mail, number or text."""

    def words_of(self, text):
        with connection.cursor() as cursor:
            cursor.execute("SELECT crm_search_words(%s)", [text])
            (plain,) = cursor.fetchone()
        is_number = not re.search(r"[^\d\s+().-]", text)
        words = [_within_numbers("".join(plain.split()))] if is_number else plain.split()
        return tuple([word for word in words if word][:MOST_WORDS])

    def narrow(self, rows, words):
        return rows.filter(*(Q(words__contains=word) for word in words))


def _within_numbers(digits: str) -> str:
    """The digits that a number of here has in whatever way it is written: without 0, 00 and our country's code."""
    home = str(country_code_for_region(home_region()))
    return digits.lstrip("0").removeprefix(home) or digits


_ID = Key("id", models.BigIntegerField())
_RECEIVED = Key("received_at", models.DateTimeField())
ENQUIRIES = Catalogue(
    key="enquiries",
    model=Enquiry,
    route="enquiries:list",
    permission="website.view_enquiry",
    nouns=(_("enquiry"), _("enquiries")),
    flag=flags.WEBSITE,
    filters=(
        States("state", _("State"), "answered_at", STATES, _states),
        People("agent", _("Agent"), "agent"),
        Sites("site", _("Site")),
        Since("since", _("Received since"), "received_at"),
    ),
    views=(
        View("all", _("All enquiries")),
        View("open", _("Waiting"), (("state", "open"),)),
        View("mine", _("Mine"), (("agent", "me"),)),
        View("late", _("Passed to the team"), (("state", "late"),)),
        View("unclear", _("From whom?"), (("state", "unclear"),)),
        View("week", _("Last 7 days"), (("since", "7d"),)),
        View("aside", _("Spam, wrong number"), (("state", "aside"),)),
    ),
    orders=Orders(
        {"received": Column((_RECEIVED, _ID), False, _("oldest first"), _("newest first"))},
        "-received",
        _("The newest comes first."),
    ),
    search=EnquirySearch(),
    columns=(
        "pk",
        "site_id",
        "listing_id",
        "asked_reference",
        "customer_id",
        "agent_id",
        "name",
        "phone",
        "email",
        "text",
        "asked_at",
        "received_at",
        "answered_at",
        "escalated_at",
        "set_aside",
    ),
)
declare(ENQUIRIES.key, lambda request: ENQUIRIES)


def waiting(user) -> str:
    """How many enquiries wait for this person, for the menu; nothing where none does."""
    words = count_in_words(Enquiry.objects.to_answer(user).order_by())
    return "" if words == "0" else words
