"""A tour: listings in an order that people choose, each with its time and the way to it, booked all at once."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.core.flags import behind_flag
from apps.core.http import once, refusals_on
from apps.core.refusals import NotAllowed, Refused
from apps.customers.models import Customer
from apps.listings.models import Listing
from apps.viewings import flags
from apps.viewings.actions.tour import MOST_STOPS, book_tour, plan
from apps.viewings.forms.tour import TourForm
from apps.viewings.lookups import MailTo
from apps.viewings.models.viewing import USUAL

BEGINS = 10  # o'clock, unless somebody says otherwise


@require_http_methods(["GET", "POST"])
@behind_flag(flags.VIEWINGS)
@once
def tour(request):
    """Plan a tour (the address holds its stops: ?customer=C-00012&listing=MG-2304&listing=CT-4102) and book it."""
    if not request.user.has_perm("viewings.add_viewing"):
        raise NotAllowed(_("Your role may not book viewings. Ask an agent or a manager."))
    chosen = request.POST if request.method == "POST" else request.GET
    listings, customer = _listings(request.user, chosen.getlist("listing")), _customer(request.user, chosen)
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            if customer is None:
                raise Refused(_("Choose whom you show it to."))
            data = form.cleaned_data
            made = book_tour(
                listings,
                [customer],
                data["agent"],
                _start(data),
                data["minutes"],
                by=request.user,
                tell=data["tell"],
            )
        if form.is_valid():
            messages.success(request, _("Tour booked: %(count)s viewings") % {"count": made.viewings.count()})
            day = data["day"].isoformat()
            return redirect(f"{reverse('viewings:calendar')}?day={day}&agent={made.agent_id}&view=agenda")
    context = {
        "form": form,
        "customer": customer,
        "stops": _stops(form, listings, customer),
        "listings": listings,
        "may_add": len(listings) < MOST_STOPS,
    }
    return render(request, "viewings/tour.html", context, status=Refused.status if form.errors else 200)


def _form(request) -> TourForm:
    tomorrow = timezone.localdate() + timedelta(days=1)
    opened = {
        "day": request.GET.get("day") or tomorrow,
        "time": request.GET.get("time") or f"{BEGINS}:00",
        "minutes": request.GET.get("minutes") or USUAL,
        "agent": request.GET.get("agent") or request.user.pk,
        "tell": list(MailTo.values),
    }
    return TourForm(request.POST or None, initial=opened, agents=User.objects.agents())


def _listings(user, references) -> list[Listing]:
    """The stops in their order, each once; those that this person may not know of are left out."""
    wanted = list(dict.fromkeys(one.replace("\x00", "").strip() for one in references if one.strip()))[:MOST_STOPS]
    rows = Listing.objects.visible_to(user).filter(listing_id__in=wanted).select_related("unit__place", "list_agent")
    found = {row.listing_id: row for row in rows.defer("search_vector")}
    return [found[one] for one in wanted if one in found]


def _customer(user, chosen) -> Customer | None:
    reference = chosen.get("customer", "").replace("\x00", "")
    return Customer.objects.visible_to(user).filter(reference=reference).first() if reference else None


def _start(data) -> datetime:
    return timezone.make_aware(datetime.combine(data["day"], data["time"]))


def _stops(form, listings, customer) -> list[dict]:
    """Each stop with its time, and the addresses that move it up or leave it out."""
    fields = _asked(form)
    if fields is None:
        return []
    stops = plan(listings, _start(fields), fields["minutes"])
    references = [listing.listing_id for listing in listings]
    return [
        {
            "stop": stop,
            "ends_at": stop.starts_at + timedelta(minutes=fields["minutes"]),
            "up": _address(form, customer, _swapped(references, number)) if number else "",
            "without": _address(form, customer, references[:number] + references[number + 1 :]),
        }
        for number, stop in enumerate(stops)
    ]


def _asked(form) -> dict | None:
    """Day, time and minutes as they stand in the form, or None where one cannot be read."""
    try:
        return {name: form.fields[name].clean(form[name].value()) for name in ("day", "time", "minutes")}
    except ValidationError:
        return None


def _swapped(references, number) -> list[str]:
    order = list(references)
    order[number - 1], order[number] = order[number], order[number - 1]
    return order


def _address(form, customer, references) -> str:
    query = QueryDict(mutable=True)
    query.setlist("listing", references)
    if customer:
        query["customer"] = customer.reference
    for name in ("day", "time", "minutes", "agent"):
        query[name] = str(form[name].value() or "")
    return f"{reverse('viewings:tour')}?{query.urlencode()}"
