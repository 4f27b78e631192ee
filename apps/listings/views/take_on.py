"""Taking a unit on: one page, photos included, saved as a draft with whatever is there."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.http import once, refusals_on
from apps.core.refusals import NotAllowed, Refused
from apps.core.units import AreaUnits
from apps.listings.actions.editing import edit
from apps.listings.actions.listing import take_on, why_not_take_on, why_not_take_over, why_twice_on_market
from apps.listings.actions.mandate import add_mandate, add_permit
from apps.listings.actions.owner import OWNER_FIELDS
from apps.listings.actions.photo import add_photos
from apps.listings.actions.place import add_building
from apps.listings.actions.price import set_price
from apps.listings.forms.place import AsWritten, NewBuilding
from apps.listings.forms.take_on import ANOTHER_UNIT, TakeOnForm
from apps.listings.lookups import PropertyType
from apps.listings.models import Listing, Place, Unit
from apps.listings.twins import Twin, twins_of
from apps.listings.views.pages import saved
from apps.listings.views.places import additions

# A fold that holds a refused field is open.
FOLDS = {
    "owner": {
        *OWNER_FIELDS,
        "currency",
        "lease_amount_frequency",
        "commission_percent",
        "listing_agreement",
        "mandate_ends",
        "mandate_number",
    },
    "texts": {"title", "public_remarks", "private_remarks"},
    "home": {
        "property_sub_type",
        "furnished",
        "entry_level",
        "stories_total",
        "year_built",
        "view",
        "parking_total",
        "occupant_type",
        "availability_date",
        "ownership_type",
        "association_fee",
        "association_fee_frequency",
        "new_construction_yn",
        "development_status",
        "unparsed_address",
        "postal_code",
        "showing_instructions",
    },
}


@require_http_methods(["GET", "POST"])
@once
def new(request):
    """The form, for ?unit=7 with its address; a POST saves a draft, unless something is wrong or the unit is here."""
    NotAllowed.unless_empty(why_not_take_on(request.user))
    opened = _agency_terms(request.agency) | _address_of(request.GET.get("unit", ""))
    form = TakeOnForm(request.POST or None, request.FILES or None, initial=opened)
    listing, twins = None, []
    if form.is_valid():
        twins = _find_twins(form, request.user)
        with refusals_on(form):
            listing = _save(form, twins, request.user)
    if listing:
        _taken, sentences = add_photos(listing, request.FILES.getlist("photos"), by=request.user)
        for sentence in sentences:
            messages.error(request, sentence)
        messages.success(request, _("%(reference)s saved as a draft") % {"reference": listing.listing_id})
        return saved(request, listing)
    return _show(request, form, twins)


@require_safe
def twins(request):
    """While building, number and permit are typed: the units that are already here."""
    NotAllowed.unless_empty(why_not_take_on(request.user))
    form = TakeOnForm(request.GET)
    form.is_valid()
    found = _find_twins(form, request.user)
    return render(request, "listings/twins.html", {"form": form, "twins": _offers(found, form, request.user)})


def _agency_terms(agency) -> dict:
    return {"currency": agency.currency, "living_area_units": agency.area_units}


def _address_of(pk: str) -> dict:
    """Place and number of a unit that is here already, as somebody would type them."""
    unit = Unit.objects.filter(pk=pk).select_related("place").first() if pk.isdecimal() and len(pk) < 19 else None
    return {"place": unit.place, "unit_number": unit.unit_number} if unit else {}


def _find_twins(form, user) -> list[Twin]:
    data = form.cleaned_data
    place = data.get("place") if isinstance(data.get("place"), Place) else None
    return twins_of(place, data.get("unit_number", ""), data.get("permit_number", ""), user=user)


def _save(form, twins, by) -> Listing:
    """The draft with its price, mandate and permit, or a refusal that undoes all of it."""
    data = form.cleaned_data
    if form.is_empty:
        raise Refused(_("There is nothing to save yet. Enter at least the building, the unit or the owner."))
    chosen = _chosen_unit(twins, data["same_unit"])
    unit = chosen or form.new_unit(_place(data["place"], by))
    if isinstance(data["place"], AsWritten):
        unit.unparsed_address = data["place"].address
    listing = take_on(unit, form.terms() | form.owner(), by=by, confirmed=data["list_twice"])
    if chosen:
        listing = edit(listing, form.facts_of_known_unit(), version=listing.version, by=by)
    if data["list_price"]:
        listing = set_price(listing, data["list_price"], version=listing.version, by=by)
    if mandate := form.mandate():
        add_mandate(listing, mandate, by=by)
    if permit := form.permit():
        add_permit(listing, permit, by=by)
    return listing


def _chosen_unit(twins, answer):
    """The known unit that the person chose, None for a new one; a refusal while the question is open."""
    for twin in twins:
        if answer == str(twin.unit.pk):
            return twin.unit
    is_open = twins and (answer != ANOTHER_UNIT or any(twin.same_address for twin in twins))
    if is_open:
        words = {"unit": twins[0].unit.label}
        raise Refused(_("%(unit)s is already here. Choose below what to do.") % words)
    return None


def _place(value, by) -> Place | None:
    if isinstance(value, NewBuilding):
        return add_building(value.address, by=by)
    return value if isinstance(value, Place) else None


def _offers(twins, form, by) -> list[dict]:
    """What the page offers for each known unit, with the reasons against it."""
    purpose = form.cleaned_data.get("property_type") or PropertyType.RESIDENTIAL
    return [
        {
            "twin": twin,
            "why_not": why_not_take_over(twin.unit, by),
            "twice": why_twice_on_market(twin.unit, purpose),
            "is_chosen": form.cleaned_data.get("same_unit") == str(twin.unit.pk),
        }
        for twin in twins
    ]


def _show(request, form, twins):
    doubts = form.fields["place"].doubts
    typed = form["place"].value()["text"] if form.is_bound and form.has_error("place") else ""
    context = {
        "form": form,
        "twins": _offers(twins, form, request.user) if twins else [],
        "doubts": doubts,
        "additions": additions(typed, request.user) if typed else [],
        "mandate_hint": _("Runs %(days)s days unless another end is given") % {"days": request.agency.mandate_days},
        "size_unit": AreaUnits(request.agency.area_units).label,
        "open_folds": {fold for fold, names in FOLDS.items() if names & form.errors.keys()},
    }
    template = "listings/take_on_form.html" if request.htmx.target == "take-on-form" else "listings/take_on.html"
    response = render(request, template, context, status=Refused.status if form.is_bound else 200)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response
