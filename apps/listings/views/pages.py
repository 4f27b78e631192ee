"""What the listing's own pages share: the listing this person may see, its header, and answers to a form."""

from functools import cache
from urllib.parse import quote, urlencode

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from apps.core.flags import is_on
from apps.core.http import go_to
from apps.core.refusals import Conflict, Refused
from apps.listings.actions.listing import why_not_assign, why_not_take_on
from apps.listings.actions.status import ASKS_REASON, why_not_move
from apps.listings.lookups import StandardStatus
from apps.listings.models import Listing
from apps.listings.policy import may_see_owner, why_not_change, why_not_edit_text
from apps.listings.timeline import timeline
from apps.viewings.flags import VIEWINGS
from apps.viewings.models import Viewing
from apps.website.flags import WEBSITE
from apps.website.numbers.sums import Numbers, numbers_of


def visible_listing(request, listing_id: str, **more) -> Listing:
    """The listing of that reference with unit, place and agent, or 404 where this person may not know of it.

    Its `viewings_count` comes with it, for the tab, and `more` that a page asks to be annotated.
    """
    rows = Listing.objects.visible_to(request.user).select_related("unit__place", "unit__owner", "list_agent")
    viewings = Viewing.objects.happening().filter(listing=OuterRef("pk")).order_by().values("listing")
    rows = rows.annotate(viewings_count=Coalesce(Subquery(viewings.annotate(n=Count("pk")).values("n")), 0), **more)
    return get_object_or_404(rows.defer("search_vector"), listing_id=listing_id.replace("\x00", ""))


def website_numbers(request, listings: list[int], today) -> dict[int, Numbers] | None:
    """How often these were looked at on websites, by key; None while websites are off."""
    return numbers_of(listings, today) if is_on(WEBSITE, request) else None


# Addresses of a listing's pages and forms, by the names that templates use: `at.edit_price`.
ROUTES = (
    "detail",
    "pager",
    "photos",
    "activity",
    "prices",
    "edit",
    "edit_price",
    "edit_status",
    "edit_agent",
    "edit_consent",
    "again",
    "new_mandate",
    "new_permit",
    "add_note",
)
REFERENCE = "REFERENCE"


@cache
def _patterns() -> dict[str, str]:
    return {route: reverse(f"listings:{route}", args=[REFERENCE]) for route in ROUTES}


def addresses(listing: Listing) -> dict[str, str]:
    """The address of each of ROUTES; resolving them one by one took a tenth of the page's time."""
    reference = quote(listing.listing_id, safe="")
    return {route: pattern.replace(REFERENCE, reference) for route, pattern in _patterns().items()}


def header(request, listing: Listing, tab: str) -> dict:
    """Context of `listings/header.html`: tab, what may be done next and why not."""
    by = request.user
    why_not = why_not_change(listing, by)
    statuses = [] if why_not else [_next_status(listing, status, by) for status in listing.next_statuses]
    is_draft = listing.standard_status in (StandardStatus.INCOMPLETE, StandardStatus.COMING_SOON)
    return {
        "listing": listing,
        "at": addresses(listing),
        "tab": tab,
        "list_query": f"?{request.GET.urlencode()}" if request.GET else "",
        "why_not_change": why_not,
        "may_edit": not why_not_edit_text(listing, by),
        "may_assign": not why_not_assign(by),
        "may_relist": not why_not_take_on(by) and (may_see_owner(listing, by) or not listing.unit.has_owner),
        "statuses": statuses,
        "may_activate": is_draft
        and any(step["value"] == StandardStatus.ACTIVE and not step["why_not"] for step in statuses),
        **_viewings(request, listing),
    }


def _viewings(request, listing) -> dict:
    """The tab of the viewings and the way to book one, for those who have that module."""
    by = request.user
    if not by.has_perm("viewings.view_viewing") or not is_on(VIEWINGS, request):
        return {}
    may_book = by.has_perm("viewings.add_viewing") and not listing.has_ended
    may_book = may_book and listing.standard_status != StandardStatus.INCOMPLETE
    book = f"{reverse('viewings:book')}?{urlencode({'listing': listing.listing_id})}"
    return {
        "viewings_url": reverse("viewings:of-listing", args=[listing.listing_id]),
        "viewings_count": listing.viewings_count,
        "book_url": book if may_book else "",
    }


def _next_status(listing, status, by) -> dict:
    return {
        "value": status,
        "why_not": why_not_move(listing, status, by),
        "asks": status in ASKS_REASON or status == StandardStatus.CLOSED,
        "is_delete": status == StandardStatus.DELETE,
    }


def refused_form(request, name: str, context: dict, outdated: Conflict | None = None):
    """Show `context["form"]`: 200 when it was just opened, 422 when it was refused, 409 when it was outdated.

    htmx gets it as a drawer (`listings/<name>_form.html`), others as a page. An outdated form is told who changed what
    and takes on the present version, so that sending it again keeps what was typed.
    """
    form = context["form"]
    if outdated:
        form.data = form.data.dict() | {"version": outdated.current.version}
        form.add_error(None, who_changed(outdated.current))
    context["at"] = addresses(context["listing"])
    context["form_template"] = f"listings/{name}_form.html"
    template = context["form_template"] if request.htmx.target == "drawer" else "listings/form_page.html"
    status = outdated.status if outdated else Refused.status if form.is_bound else 200
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def who_changed(listing: Listing) -> str:
    """“Omar changed the price meanwhile (AED 2,560,000 to AED 2,450,000). Save again to keep yours.”"""
    last = next(iter(timeline(listing, kind="changes")), None)
    if last is None:
        return _("Somebody changed this meanwhile. Save again to keep yours, or cancel to keep theirs.")
    said = {"who": last.who, "did": last.says, "details": f" ({last.note})" if last.note else ""}
    return _("%(who)s %(did)s meanwhile%(details)s. Save again to keep yours, or cancel to keep theirs.") % said


def saved(request, listing: Listing):
    """The answer to a form that was taken: to the listing's page, by htmx or plainly."""
    page = listing.get_absolute_url()
    came_from = request.htmx.current_url_abs_path or ""  # with the list's filters, so that the pager goes on
    return go_to(request, came_from if came_from.startswith(f"{page}?") else page)
