"""What the screens of matching share: the customer and requirement that this person may see, and answers to htmx."""

from urllib.parse import urlsplit

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from apps.core.refusals import Refused
from apps.customers.models import Customer
from apps.listings.models import Listing
from apps.matching.models import Requirement


def visible_customer(request, reference: str) -> Customer:
    """The customer of that reference, or 404 where this person may not know of them."""
    rows = Customer.objects.visible_to(request.user).select_related("agent")
    return get_object_or_404(rows, reference=reference.replace("\x00", ""))


def visible_requirement(request, pk: int) -> Requirement:
    """One thing that a customer looks for, or 404 where this person may not know of the customer."""
    rows = Requirement.objects.visible_to(request.user).select_related("customer__agent").prefetch_related("places")
    return get_object_or_404(rows, pk=pk)


def searches_of(request, customer: Customer) -> list[Requirement]:
    """What the customer looks for, what they still look for first."""
    rows = Requirement.objects.visible_to(request.user).filter(customer=customer).select_related("customer")
    return list(rows.prefetch_related("places").order_by("-is_active", "-modified_at", "-pk")[:20])


def asked_search(request, searches: list[Requirement]) -> Requirement | None:
    """The one that the address names (`?requirement=7`; for a part of a page that page's address), else the first."""
    key = request.GET.get("requirement", "")
    page_key = QueryDict(urlsplit(request.htmx.current_url or "").query).get("requirement", "")
    for search in searches:
        if str(search.pk) == (key or page_key):
            return search
    if key:
        raise Http404
    return searches[0] if searches else None


def visible_listings(request, references) -> list[Listing]:
    """The listings of those references that this person may know of, in the order they were named."""
    rows = Listing.objects.visible_to(request.user).select_related("unit__place").defer("search_vector")
    wanted = list(dict.fromkeys(reference.replace("\x00", "") for reference in references))[:50]
    found = {listing.listing_id: listing for listing in rows.filter(listing_id__in=wanted)}
    return [found[reference] for reference in wanted if reference in found]


def fragment(request, name: str, context: dict, *, customer=None, listing=None, here=""):
    """`matching/<name>.html` for htmx; the same on a page of its own for everybody else."""
    context |= {"part": f"matching/{name}.html", "here": here or request.get_full_path()}
    context |= {"customer": customer, "listing": listing, "subject": _subject(customer, listing)}
    template = context["part"] if request.htmx else "matching/page.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def drawer(request, name: str, context: dict):
    """A form as a drawer for htmx, else as a page; 422 when it was refused."""
    form = context.get("form")
    context |= {"part": f"matching/{name}.html", "is_drawer": bool(request.htmx)}
    context["subject"] = _subject(context.get("customer"), context.get("listing"))
    template = context["part"] if request.htmx else "matching/page.html"
    response = render(request, template, context, status=Refused.status if form and form.errors else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _subject(customer, listing) -> dict:
    """What the page of a part is about: its name, reference and address, and the list that it stands in."""
    row = customer or listing
    is_listing = customer is None
    return {
        "label": row.label,
        "reference": listing.listing_id if is_listing else customer.reference,
        "url": row.get_absolute_url(),
        "list": _("Listings") if is_listing else _("Customers"),
        "list_url": "/listings/" if is_listing else "/customers/",
    }
