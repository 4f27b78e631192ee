"""Viewings on the pages of other modules: a tab of the listing, a panel of the customer."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.core.flags import behind_flag
from apps.core.refusals import NotAllowed
from apps.customers.models import Customer
from apps.listings.views.pages import header, visible_listing
from apps.viewings import flags
from apps.viewings.cards import cards
from apps.viewings.models import Feedback, Viewing
from apps.viewings.owner_words import in_words

MOST = 100


@require_safe
@behind_flag(flags.VIEWINGS)
def of_listing(request, listing_id):
    """The listing's viewings, those to come first, with what was said."""
    listing = visible_listing(request, listing_id)
    if not request.user.has_perm("viewings.view_viewing"):
        raise NotAllowed(_("Your role has no viewings."))
    rows = Viewing.objects.visible_to(request.user).filter(listing=listing)
    context = header(request, listing, "viewings") | _sorted(request, rows, hides_customers=True)
    return render(request, "viewings/of_listing.html", context)


@require_safe
@behind_flag(flags.VIEWINGS)
def of_customer(request, reference):
    """The customer's viewings: for htmx the panel of their page, else a page of its own."""
    customer = get_object_or_404(Customer.objects.visible_to(request.user), reference=reference.replace("\x00", ""))
    rows = Viewing.objects.visible_to(request.user).filter(customers=customer)
    context = {"customer": customer, **_sorted(request, rows, only=customer)}
    template = "viewings/of_customer_panel.html" if request.htmx else "viewings/of_customer.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _sorted(request, rows, *, hides_customers=False, only=None) -> dict:
    now = timezone.now()
    shown = cards(rows.with_cards(request.user).order_by("starts_at", "pk")[:MOST], now)
    words: dict[int, list] = {}
    given = Feedback.objects.filter(viewing__in=[one.pk for one in shown]).order_by("at")
    for one in given.filter(customer=only) if only else given:
        words.setdefault(one.viewing_id, []).append((one, in_words(one)))
    for one in shown:
        one.way, one.words = None, words.get(one.pk, [])
    return {
        "upcoming": [one for one in shown if one.happens and not one.over],
        "past": [one for one in reversed(shown) if one.over],
        "called_off": [one for one in reversed(shown) if not one.happens],
        "by_listing": hides_customers,
    }
