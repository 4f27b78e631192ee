"""A listing's page: its interested customers, and whom the latest change of price or status fits now."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import trigger_client_event

from apps.core.flags import behind_flag, is_on
from apps.core.http import once
from apps.core.refusals import NotAllowed, Refused
from apps.customers.lookups import Channel
from apps.customers.models import Customer
from apps.listings.lookups import StandardStatus
from apps.listings.views.pages import visible_listing
from apps.matching import flags
from apps.matching.actions.sending import send_listing
from apps.matching.for_requirement import MARKETABLE
from apps.matching.forms.sending import TellForm
from apps.matching.matches import buyers_for
from apps.matching.models import Sending
from apps.matching.news import Change, News, prepared_text, whom_it_now_fits
from apps.matching.policy import why_role_may_not_send
from apps.matching.views.pages import drawer, fragment
from apps.matching.views.sending import first_way, link_to, reachable_by, ways
from apps.matching.views.words import title
from apps.viewings.models import Viewing

NEWS_FOR = timedelta(days=14)
NAMED = "{name}"
MOST_TOLD = 50


@dataclass(frozen=True)
class Greeted:
    """Stands for the customer in a text that goes to several."""

    label: str = NAMED


@behind_flag(flags.MATCHING)
@require_safe
def interested(request, listing_id):
    """Customers whom it fits, ranked, with scores; above them whom the latest change fits now."""
    listing = visible_listing(request, listing_id)
    may_look(request.user)
    buyers = buyers_for(listing, request.user) if listing.standard_status in MARKETABLE else None
    context = {
        "buyers": buyers,
        "rows": rows_of(buyers.named, listing, request.user) if buyers else [],
        "news": news_of(listing, request.user),
    }
    return fragment(request, "interested", context, listing=listing)


def may_look(user) -> None:
    """Refuse those whose role does not see what customers look for."""
    if not user.has_perm("matching.view_requirement"):
        raise NotAllowed(_("Your role does not see customers. Ask the listing's agent."))


def rows_of(matches, listing, user) -> list[dict]:
    """Each customer once, by the search that fits best, with the next viewing."""
    coming = Viewing.objects.visible_to(user).happening().filter(listing=listing, ends_at__gte=timezone.now())
    coming = coming.order_by("-starts_at").prefetch_related("guests") if listing else []
    viewings = {guest.customer_id: viewing for viewing in coming for guest in viewing.guests.all()}
    best = {}
    for match in matches:
        best.setdefault(match.customer.pk, match)
    prefetch_related_objects([match.requirement for match in best.values()], "places")
    return [
        {
            "match": one,
            "customer": one.customer,
            "looks_for": title(one.requirement),
            "viewing": viewings.get(key),
        }
        for key, one in best.items()
    ]


# -- News --------------------------------------------------------------------------------------------------------------
@dataclass
class ListingNews:
    """What happened, whom it fits now, and who of them was not told since."""

    change: Change
    fits: object
    at: object
    untold: list

    @property
    def sentence(self) -> str:
        """“Price drop: fits 6 more people, 2 of them said too dear”."""
        total, dear = self.fits.total, self.fits.said_too_dear
        more = self.change.kind == News.PRICE
        text = (
            ngettext("fits %(n)s more person", "fits %(n)s more people", total)
            if more
            else ngettext("fits %(n)s person", "fits %(n)s people", total)
        )
        text = f"{News(self.change.kind).label}: {text % {'n': total}}"
        return text + (", " + _("%(n)s of them said too dear") % {"n": dear} if dear else "")


def news_of(listing, user) -> ListingNews | None:
    """The latest news of the last two weeks that fits somebody; None where there is none."""
    if listing.standard_status not in MARKETABLE:
        return None
    change, at = _latest_change(listing)
    if change is None:
        return None
    fits = whom_it_now_fits(listing, change, user)
    if not fits.total:
        return None
    told = set(Sending.objects.filter(listing=listing, at__gte=at).values_list("customer_id", flat=True))
    people = {match.customer.pk: match for match in reversed(fits.buyers.named) if match.customer.pk not in told}
    return ListingNews(change, fits, at, list(people.values())[::-1])


def say_price_saved(request, listing) -> None:
    """“Price saved”, and whom it fits now, with the way to tell them."""
    sees = is_on(flags.MATCHING, request) and request.user.has_perm("matching.view_requirement")
    news = news_of(listing, request.user) if sees else None
    is_news = news is not None and news.change.kind == News.PRICE and (news.untold or news.fits.buyers.others)
    way = f"tell:{reverse('matching:tell', args=[listing.listing_id])}" if is_news and news.untold else ""
    messages.success(request, f"{_('Price saved')}. {news.sentence}" if is_news else _("Price saved"), extra_tags=way)


def _latest_change(listing):
    since, found = timezone.now() - NEWS_FOR, []
    price_at, old, new = listing.price_change_timestamp, listing.previous_list_price, listing.list_price
    if price_at and old and new and new < old:
        found.append((price_at, Change(News.PRICE, old)))
    activations = listing.status_changes.filter(new_status=StandardStatus.ACTIVE).order_by("at")
    moments = list(activations.values_list("at", flat=True))
    if moments:
        found.append((moments[-1], Change(News.NEW if len(moments) == 1 else News.BACK)))
    recent = [pair for pair in found if pair[0] >= since]
    at, change = max(recent, key=lambda pair: pair[0], default=(None, None))
    return change, at


@behind_flag(flags.MATCHING)
@require_http_methods(["GET", "POST"])
@once
def tell(request, listing_id):
    """Tell those whom the change fits now: one text for all, each by the channel that they agreed to."""
    listing = visible_listing(request, listing_id)
    may_look(request.user)
    news = news_of(listing, request.user)
    untold = news.untold if news else []
    prefetch_related_objects([match.customer for match in untold], "phones", "emails", "consents")
    people = [_person(match, why_role_may_not_send(request.user)) for match in untold]
    text = prepared_text(Greeted(), [listing], request.user, news.change) if news else ""
    form = TellForm(request.POST or None, initial={"text": text})
    if form.is_valid():
        return _told(request, listing, form.cleaned_data["text"])
    context = {"form": form, "news": news, "people": people, "back": listing.get_absolute_url(), "listing": listing}
    context["reachable"] = sum(bool(person["way"]) for person in people)
    return drawer(request, "tell_form", context)


def _person(match, against_all: list[str]) -> dict:
    """Somebody whom one sees, to be told: by which channel, or why not at all."""
    channels = reachable_by(match.customer, against_all)
    way = first_way(channels)
    label = Channel(way).label if way else ""
    return {"match": match, "customer": match.customer, "way": way, "label": label, "why_not": channels[0]["why_not"]}


def _told(request, listing, text):
    asked = [key for key in request.POST.getlist("customer") if key][:MOST_TOLD]
    by_hand, mailed, refused = [], 0, []
    for customer in Customer.objects.visible_to(request.user).filter(reference__in=asked):
        own, channel = text.replace(NAMED, customer.label), first_way(ways(customer, request.user))
        try:
            with transaction.atomic():
                send_listing(customer, listing, channel, own, by=request.user)
        except Refused as refusal:
            refused += refusal.sentences
            continue
        link = link_to(customer, channel, own)
        if link:
            by_hand.append({"customer": customer, "link": link, "channel": Channel(channel).label})
        else:
            mailed += 1
    for sentence in refused:
        messages.error(request, sentence)
    if mailed:
        messages.success(
            request, ngettext("%(n)s person told by mail", "%(n)s people told by mail", mailed) % {"n": mailed}
        )
    if not request.htmx:
        return redirect(listing)
    if by_hand:
        response = render(request, "matching/sent.html", {"people": by_hand})
    else:
        response = render(request, "components/toasts_oob.html")
        response = trigger_client_event(response, "closeDialog", after="settle")
    return trigger_client_event(response, "buyers-changed", after="settle")
