"""Status and price changed in the row of the list: a popover that saves at once and swaps the row."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import push_url, reswap, retarget, trigger_client_event

from apps.core.http import once
from apps.core.refusals import Conflict, NotAllowed, Refused
from apps.listings.actions.price import set_price, why_price_surprises
from apps.listings.actions.status import ASKS_REASON, move, why_not_move
from apps.listings.forms.changes import PriceForm
from apps.listings.listing_list import read
from apps.listings.lookups import StandardStatus
from apps.listings.models import Listing
from apps.listings.policy import why_not_change
from apps.listings.rows import Rows
from apps.listings.views.pages import saved, visible_listing, website_numbers, who_changed
from apps.matching.views.listing import say_price_saved
from apps.website.marks import add_sites


@require_http_methods(["GET", "POST"])
@once
def status(request, listing_id):
    """The statuses that may follow; one that needs no reason is given at once, the others open their drawer."""
    listing = visible_listing(request, listing_id)
    refusal = None
    if request.method == "POST":
        try:
            return _move(request, listing)
        except Refused as raised:
            refusal = raised
            listing = visible_listing(request, listing_id)
    why_not = why_not_change(listing, request.user)
    steps = [] if why_not else [_step(listing, one, request.user) for one in listing.next_statuses]
    context = {"listing": listing, "why_not": why_not, "steps": steps}
    return _popover(request, "inline_status", context, refusal)


@require_http_methods(["GET", "POST"])
@once
def price(request, listing_id):
    """Another price; one that surprises is asked again beside what was typed."""
    listing = visible_listing(request, listing_id)
    why_not = why_not_change(listing, request.user)
    opened = {"version": listing.version, "list_price": listing.list_price}
    form = PriceForm(request.POST or None, initial=opened, listing=listing, auto_id="inline_%s")
    refusal = NotAllowed(*why_not) if why_not and form.is_bound else None
    surprises = []
    if form.is_valid() and not why_not:
        given = form.cleaned_data
        surprises = [] if given["confirmed"] else why_price_surprises(listing, given["list_price"])
        for sentence in surprises:
            form.add_error("list_price", sentence)
        if not surprises:
            try:
                amount, version = given["list_price"], given["version"]
                set_price(listing, amount, version=version, by=request.user, confirmed=given["confirmed"])
                say_price_saved(request, listing)
                return _saved(request, listing)
            except Conflict as conflict:
                form.data = form.data.dict() | {"version": conflict.current.version}
                form.add_error(None, who_changed(conflict.current))
                refusal = conflict
    context = {"listing": listing, "form": form, "why_not": why_not, "asks_confirmation": bool(surprises)}
    return _popover(request, "inline_price", context, refusal)


def _move(request, listing):
    wanted, version = request.POST.get("status", ""), request.POST.get("version", "")
    if wanted not in StandardStatus.values or not version.isdecimal():
        raise Refused(_("Choose one of the statuses."))
    move(listing, wanted, version=min(int(version), 2**31 - 1), by=request.user)
    label = StandardStatus(wanted).label
    message = _("%(reference)s is now %(status)s") % {"reference": listing.listing_id, "status": label}
    messages.success(request, message)
    return _saved(request, listing)


def _step(listing, status, by) -> dict:
    return {
        "value": status,
        "why_not": why_not_move(listing, status, by),
        "needs_form": status in ASKS_REASON or status == StandardStatus.CLOSED,
    }


def _popover(request, name: str, context: dict, refusal: Refused | None):
    form = context.get("form")
    code = refusal.status if refusal else Refused.status if form is not None and form.errors else 200
    in_row = request.htmx.target == "inline"
    context |= {"refusal": refusal, "part": f"listings/{name}.html", "in_row": in_row}
    response = render(request, context["part"] if in_row else "listings/inline.html", context, status=code)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return push_url(response, False) if in_row else response  # a boosted link goes there, whatever its hx-push-url says


def _saved(request, listing: Listing):
    if request.htmx.target != "inline":
        return saved(request, listing)
    came_from = read(QueryDict(urlsplit(request.htmx.current_url or "").query), request.user, request.agency)
    today = timezone.localdate()
    numbers = website_numbers(request, [listing.pk], today)
    rows = Rows(request.agency, today, came_from.querystring(), request.agency.currency, numbers)
    listing.refresh_from_db()
    context = {"rows": [rows.row(listing)], "tail": rows.tail, "with_views": numbers is not None}
    add_sites(request, context)
    response = render(request, "listings/row_swap.html", context)
    trigger_client_event(retarget(reswap(response, "outerHTML"), f"#row-{listing.pk}"), "closeDialog")
    return trigger_client_event(response, "listings-changed")
