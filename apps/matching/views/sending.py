"""Telling one customer about listings: the text prepared, the channel that they agreed to, who told them before."""

from urllib.parse import quote

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import trigger_client_event

from apps.core.flags import behind_flag
from apps.core.http import once, refusals_on
from apps.core.refusals import NotAllowed
from apps.customers.lookups import IN_WRITING, Channel
from apps.matching import flags
from apps.matching.actions.sending import send_listings, why_not_reach
from apps.matching.forms.sending import SendForm
from apps.matching.models import Sending
from apps.matching.news import prepared_text
from apps.matching.policy import why_not_send
from apps.matching.views.pages import drawer, visible_listings, visible_requirement


@behind_flag(flags.MATCHING)
@require_http_methods(["GET", "POST"])
@once
def send(request, pk):
    """Send listings (`?listing=MG-2304&listing=...`) to the customer of one search."""
    requirement = visible_requirement(request, pk)
    customer, by = requirement.customer, request.user
    NotAllowed.unless_empty(why_not_send(customer, by))
    asked = request.POST if request.method == "POST" else request.GET
    listings = visible_listings(request, asked.getlist("listing"))
    channels = ways(customer, by)
    text = prepared_text(customer, listings, by)
    form = SendForm(request.POST or None, initial={"text": text, "channel": first_way(channels)})
    if form.is_valid():
        channel, text = form.cleaned_data["channel"], form.cleaned_data["text"]
        with refusals_on(form):
            send_listings(customer, listings, channel, text, by=by, requirement=requirement)
        if form.is_valid():
            return _sent(request, customer, channel, text)
    context = {
        "customer": customer,
        "requirement": requirement,
        "form": form,
        "channels": channels,
        "listings": with_sendings(customer, listings or visible_listings(request, request.GET.getlist("listing"))),
        "back": customer.get_absolute_url(),
    }
    return drawer(request, "send_form", context)


def ways(customer, by) -> list[dict]:
    """The channels, each with the reasons against it."""
    return reachable_by(customer, why_not_send(customer, by))


def reachable_by(customer, against_all: list[str]) -> list[dict]:
    """The channels, each with the reasons against it: those against all of them, or its own."""
    return [
        {"value": way.value, "label": way.label, "why_not": against_all or why_not_reach(customer, way.value)}
        for way in IN_WRITING
    ]


def first_way(channels) -> str:
    """The channel that is offered first: the first that nothing speaks against."""
    return next((channel["value"] for channel in channels if not channel["why_not"]), "")


def with_sendings(customer, listings) -> list[dict]:
    """Each listing with the times that this customer was told of it."""
    rows = Sending.objects.filter(customer=customer, listing__in=listings).select_related("by")
    return [{"listing": one, "sent": [row for row in rows if row.listing_id == one.pk][:3]} for one in listings]


def link_to(customer, channel: str, text: str) -> str:
    """The address that opens the agent's own program with the text; mail leaves by itself."""
    phone = customer.phones.exclude(e164="").first()
    if phone is None or channel not in (Channel.WHATSAPP, Channel.SMS):
        return ""
    if channel == Channel.WHATSAPP:
        return f"{phone.whatsapp}?text={quote(text)}"
    return f"sms:{phone.e164}?body={quote(text)}"


def _sent(request, customer, channel, text):
    """Mail: the drawer closes. A message: its program is one press away, with the text in it."""
    link = link_to(customer, channel, text)
    if not request.htmx:
        messages.success(request, _("Sent to %(name)s") % {"name": customer.label})
        return redirect(customer)
    if link:
        people = [{"customer": customer, "link": link, "channel": Channel(channel).label}]
        response = render(request, "matching/sent.html", {"people": people})
    else:
        messages.success(request, _("Sent to %(name)s") % {"name": customer.label})
        response = render(request, "components/toasts_oob.html")
        response = trigger_client_event(response, "closeDialog", after="settle")
    return trigger_client_event(response, "matches-changed", after="settle")
