"""The first day: apartments, then the first customer, then the first viewing. Gone when all three are there."""

from dataclasses import dataclass

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.flags import is_on
from apps.customers import flags as customers
from apps.viewings import flags as viewings

# One question; each part stops at the first row it meets.
THERE = (
    "SELECT EXISTS (SELECT 1 FROM listings_listing), EXISTS (SELECT 1 FROM customers_customer),"
    " EXISTS (SELECT 1 FROM viewings_viewing)"
)


@dataclass(frozen=True)
class Step:
    """One step of the first day. `url` is where it is done; empty where somebody else has to."""

    label: str
    hint: str
    url: str
    button: str
    is_done: bool


def first_steps(request) -> list[Step]:
    """What leads to a first viewing, for those who can do something about it; nothing once it is all there."""
    if not request.user.has_perm("listings.add_listing"):
        return []
    with connection.cursor() as cursor:
        cursor.execute(THERE)
        listings, people, shown = cursor.fetchone()
    steps = [_apartments(request.user, listings)]
    if is_on(customers.CUSTOMERS, request):
        steps.append(_customers(request.user, people))
    if is_on(viewings.VIEWINGS, request):
        hint = _("Pick a listing, a customer and a time. Everybody gets an invitation.")
        steps.append(Step(_("Book the first viewing"), hint, reverse("viewings:book"), _("Book viewing"), shown))
    return [] if all(step.is_done for step in steps) else steps


def _apartments(user, is_done: bool) -> Step:
    if user.has_perm("imports.run_import"):
        hint = _("A spreadsheet or an export of your old system: columns are matched for you.")
        return Step(_("Bring your apartments"), hint, reverse("imports:new"), _("Import a file"), is_done)
    hint = _("Take on an apartment, or ask an administrator to import them all.")
    return Step(_("Add your first apartment"), hint, reverse("listings:new"), _("New listing"), is_done)


def _customers(user, is_done: bool) -> Step:
    if user.has_perm("imports.run_import") and user.has_perm("customers.view_any_customer"):
        hint = _("From HubSpot, Pipedrive, Zoho, Salesforce or a spreadsheet; each person once.")
        url = reverse("imports:new") + "?subject=customers"
        return Step(_("Bring your customers"), hint, url, _("Import a file"), is_done)
    hint = _("Who they are, what they look for: listings that fit show while you type.")
    return Step(_("Add your first customer"), hint, reverse("customers:new"), _("New customer"), is_done)
