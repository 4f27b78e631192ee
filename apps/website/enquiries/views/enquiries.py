"""Enquiries: their list, each with what may be done, and listings that many look at and nobody asks about."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.saved_views import tab_counts, tabs
from apps.core.flags import behind_flag, is_on
from apps.core.http import once
from apps.core.lists.asked import read
from apps.core.lists.context import filters_page, list_context
from apps.core.lists.door import door_of
from apps.core.lists.files import file_of
from apps.core.lists.page import open_page
from apps.core.refusals import NotAllowed
from apps.customers.models import Customer
from apps.listings.charts import sparkline
from apps.matching import flags as matching
from apps.matching.for_requirement import MARKETABLE
from apps.matching.policy import why_not_change_requirement
from apps.viewings import flags as viewings
from apps.website import flags
from apps.website.enquiries.actions.answer import ALIKE_AT_ONCE
from apps.website.enquiries.actions.enquiry import (
    choose_customer,
    mark_answered,
    possible_customers,
    why_not_choose,
    why_not_work_on,
)
from apps.website.enquiries.catalogue import ENQUIRIES
from apps.website.enquiries.export import export as export_enquiries
from apps.website.enquiries.export import why_not_export
from apps.website.enquiries.rows import Rows, contact, state
from apps.website.models import Enquiry
from apps.website.models.enquiry import SetAside
from apps.website.numbers.in_vain import MANY, looked_at_in_vain
from apps.website.numbers.sums import numbers_of

NEW = "new"


@require_safe
@door_of(ENQUIRIES)
def enquiries(request):
    """A page of enquiries; htmx gets the rows with what changes around them."""
    found = open_page(read(ENQUIRIES, request.GET, request.user, request.agency))
    template = "website/enquiries/list_swap.html" if request.htmx.target == "list" else "website/enquiries/list.html"
    context = list_context(found) | tabs(request, found.asked)
    context |= {
        "rows": Rows(request.agency, timezone.now()).rows(found.page.rows),
        "may_export": not why_not_export(request.user),
    }
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@door_of(ENQUIRIES)
def counts(request):
    """How many enquiries each view holds, to be laid beside the tabs."""
    return render(request, "lists/counts.html", {"counts": tab_counts(request, ENQUIRIES)})


@require_safe
@door_of(ENQUIRIES)
def filters(request):
    """The form of all filters, set as the address says: a popover for htmx, else a page."""
    return filters_page(request, ENQUIRIES)


@require_safe
@door_of(ENQUIRIES)
def export(request, kind):
    """CSV or XLSX of the address of the list, or of the rows it names by `id`."""
    NotAllowed.unless_empty(why_not_export(request.user))
    return file_of(request, ENQUIRIES, kind, export_enquiries)


@require_safe
@behind_flag(flags.WEBSITE)
def detail(request, pk):
    """One enquiry: what was asked, about what, from whom, and whether anybody answered."""
    enquiry, by = visible_enquiry(request, pk), request.user
    hue, glyph, words = state(enquiry, timezone.now())
    may_work = not why_not_work_on(enquiry, by)
    context = {
        "enquiry": enquiry,
        "contact": contact(enquiry, request.agency.phone_region),
        "hue": hue,
        "glyph": glyph,
        "state": words,
        "may_work": may_work,
        "reasons": SetAside.choices if may_work and enquiry.is_open else (),
        "alike": _alike(enquiry, by) if may_work and enquiry.is_open else 0,
        "like_url": _like_url(request, enquiry),
        "book_url": _book_url(request, enquiry),
        "others": _others(request, enquiry),
        **_candidates(request, enquiry),
    }
    return render(request, "website/enquiries/detail.html", context)


@require_POST
@behind_flag(flags.WEBSITE)
@once
def answered(request, pk):
    """Stop the clock."""
    enquiry = mark_answered(visible_enquiry(request, pk), by=request.user)
    messages.success(request, _("The enquiry is answered"))
    return redirect(enquiry)


@require_POST
@behind_flag(flags.WEBSITE)
@once
def choose(request, pk):
    """Say who it is from: one of those who have the phone or the e-mail, or somebody new."""
    enquiry = visible_enquiry(request, pk)
    said = request.POST.get("customer", "").replace("\x00", "")
    customer = None
    if said != NEW:
        known = Customer.objects.visible_to(request.user).filter(reference=said)
        customer = next((one for one in possible_customers(enquiry) if known.filter(pk=one.pk).exists()), None)
        if customer is None:
            raise Http404
    enquiry = choose_customer(enquiry, customer, by=request.user)
    messages.success(request, _("The enquiry is in the timeline of %(name)s") % {"name": enquiry.customer.label})
    return redirect(enquiry)


@require_safe
@behind_flag(flags.WEBSITE)
def unasked(request):
    """Listings that many look at and nobody asks about: the price, or the photos?"""
    found = looked_at_in_vain(request.user, timezone.localdate())
    lines = numbers_of([one.pk for one in found], timezone.localdate())
    for one in found:
        one.line = sparkline(lines[one.pk].steps)
    context = {"listings": found, "many": MANY, "may_see": request.user.has_perm(ENQUIRIES.permission)}
    return render(request, "website/enquiries/unasked.html", context)


def visible_enquiry(request, pk) -> Enquiry:
    """The enquiry, or 404 where this person may not know of it."""
    rows = Enquiry.objects.visible_to(request.user)
    related = ("site", "listing__unit__place", "customer__agent", "agent", "answered_by")
    return get_object_or_404(rows.select_related(*related).defer("listing__search_vector"), pk=pk)


def _candidates(request, enquiry) -> dict:
    """Who it might be; colleagues' customers are counted and not named."""
    if why_not_choose(enquiry, request.user):
        return {"candidates": [], "hidden": 0}
    people = possible_customers(enquiry)
    seen = Customer.objects.visible_to(request.user).filter(pk__in=[one.pk for one in people])
    known = set(seen.values_list("pk", flat=True))
    return {
        "may_choose": True,
        "candidates": [one for one in people if one.pk in known],
        "hidden": len(people) - len(known),
    }


def _alike(enquiry, by) -> int:
    """How many more go with it by one press."""
    return Enquiry.objects.alike(enquiry).visible_to(by).order_by()[: ALIKE_AT_ONCE - 1].count()


def _others(request, enquiry) -> list[Enquiry]:
    """What else the same person asked, the newest first."""
    if enquiry.customer_id is None:
        return []
    rows = Enquiry.objects.visible_to(request.user).filter(customer=enquiry.customer_id).exclude(pk=enquiry.pk)
    return list(rows.select_related("listing").defer("listing__search_vector").order_by("-received_at", "-pk")[:5])


def _like_url(request, enquiry) -> str:
    """Where the search stands that the question suggests; nothing where there is nothing to go by."""
    customer, listing = enquiry.customer, enquiry.listing
    if not (customer and listing and is_on(matching.MATCHING, request)) or why_not_change_requirement(
        customer, request.user
    ):
        return ""
    return reverse("matching:like", args=[customer.reference, listing.listing_id])


def _book_url(request, enquiry) -> str:
    """The form of a viewing with both filled in; nothing where the home cannot be shown."""
    customer, listing = enquiry.customer, enquiry.listing
    if not (customer and listing and is_on(viewings.VIEWINGS, request)) or listing.standard_status not in MARKETABLE:
        return ""
    asked = urlencode({"listing": listing.listing_id, "customer": customer.reference})
    return f"{reverse('viewings:book')}?{asked}" if request.user.has_perm("viewings.add_viewing") else ""
