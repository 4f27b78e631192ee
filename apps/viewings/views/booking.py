"""The booking drawer, which is a page too: whom, what, when; a time that is taken is answered with the nearest free."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseBadRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.models import User
from apps.core.flags import behind_flag
from apps.core.http import go_to, once
from apps.core.refusals import Conflict, NotAllowed, Refused
from apps.customers.finding import find_customers
from apps.listings.models import Listing
from apps.listings.search import query_for, words_of
from apps.viewings import flags
from apps.viewings.actions.booking import SlotTaken, book, move, why_not_move
from apps.viewings.events import spoken
from apps.viewings.forms.booking import BookForm, WhenForm
from apps.viewings.lookups import MailTo
from apps.viewings.models.viewing import USUAL
from apps.viewings.policy import why_not_change
from apps.viewings.slots import free_slots
from apps.viewings.views.pages import answer, visible_viewing

SUGGESTED = 8
LATE = 18  # o'clock: from then on the drawer opens with tomorrow


@require_http_methods(["GET", "POST"])
@behind_flag(flags.VIEWINGS)
@once
def new(request):
    """Book a viewing. The address may name listing, customer and slot: ?listing=MG-2304&customer=C-00012."""
    _may_book(request)
    form = _book_form(request)
    if form.is_valid():
        viewing = _try(form, lambda: _book(form, request.user))
        if viewing:
            messages.success(request, _("Viewing booked: %(when)s") % {"when": spoken(viewing.starts_at)})
            return go_to(request, viewing.get_absolute_url())
    listing = form.find_listing()
    return answer(request, "viewings/book_form.html", _context(form, listing))


def _may_book(request):
    if not request.user.has_perm("viewings.add_viewing"):
        raise NotAllowed(_("Your role may not book viewings. Ask an agent or a manager."))


def _try(form, act):
    """The viewing, or None with what was refused written beside what was typed, and the nearest free slots offered."""
    try:
        with transaction.atomic():
            return act()
    except SlotTaken as taken:
        for sentence in taken.sentences:
            form.add_error("slot", sentence)
        form.offer(taken.slots)
    except Conflict:
        form.add_error(None, _("Somebody changed this viewing meanwhile. Look at it again, then save."))
    except Refused as refusal:
        if refusal.status != Refused.status:
            raise
        for sentence in refusal.sentences:
            form.add_error(None, sentence)
    return None


def _book(form, by):
    data = form.cleaned_data
    return book(
        data["listing_row"],
        data["customers"],
        data["agent"],
        data["starts_at"],
        data["minutes"],
        by=by,
        **{name: data[name] for name in ("key_name", "access_notes", "tell")},
    )


def _book_form(request) -> BookForm:
    now = timezone.localtime()
    opened = {
        "day": now.date() + timedelta(days=now.hour >= LATE),
        "minutes": USUAL,
        "agent": request.user.pk,
        "tell": list(MailTo.values),
        **{name: request.GET.get(name, "") for name in ("listing", "customer", "slot")},
    }
    agents = User.objects.agents()
    form = BookForm(request.POST or None, initial=opened, agents=agents, by=request.user)
    if form.is_bound:
        return form
    listing, customer = form.find_listing(), form.find_customer("customer")
    found = {"listing_text": listing.label if listing else "", "customer_text": customer.label if customer else ""}
    return BookForm(initial=opened | found, agents=agents, by=request.user)


def _context(form, listing, viewing=None) -> dict:
    context = {"form": form, "listing": listing, "viewing": viewing, "nearest": form.nearest}
    return context | _slots(form, listing, viewing)


def _slots(form, listing, viewing=None) -> dict:
    """The free slots of the form's day, for its listing, agent and length as they stand in it."""
    nothing = {"slots": [], "is_asked": False}
    try:
        day = form.fields["day"].clean(form["day"].value())
        minutes = form.fields["minutes"].clean(form["minutes"].value())
        agent = form.fields["agent"].clean(form["agent"].value())
    except ValidationError:
        return nothing
    if listing is None:
        return nothing
    key_name = str(form["key_name"].value() or "").replace("\x00", "")
    slots = free_slots(listing, agent, day, minutes, key_name=key_name, besides=viewing)
    return {"slots": slots, "is_asked": True, "chosen": str(form["slot"].value() or "")}


@require_safe
@behind_flag(flags.VIEWINGS)
def slots(request):
    """The free slots for what stands in the form, asked for when listing, agent, day or length change; `moving` names
    the viewing that gets another time.
    """
    _may_book(request)
    form = BookForm(request.GET, agents=User.objects.agents(), by=request.user)
    moving = request.GET.get("moving", "")
    viewing = visible_viewing(request, int(moving)) if moving.isdecimal() and len(moving) < 19 else None
    listing = viewing.listing if viewing else form.find_listing()
    return render(request, "viewings/slots.html", {"form": form, **_slots(form, listing, viewing)})


@require_safe
@behind_flag(flags.VIEWINGS)
def suggest(request, kind):
    """Listings or customers that the typed text may mean, for the comboboxes."""
    _may_book(request)
    if kind not in ("listings", "customers"):
        return HttpResponseBadRequest("Nothing is suggested here.")
    names = ("listing_text", "customer_text", "second_text")
    typed = next((request.GET[name] for name in names if name in request.GET), "")
    text = " ".join(typed.replace("\x00", "").split())[:100]
    if kind == "customers":
        found = [hit.customer for hit in find_customers(text, request.user, limit=SUGGESTED)] if text else []
    else:
        found = _listings(text, request.user)
    return render(request, "viewings/suggestions.html", {"kind": kind, "found": found, "text": text})


def _listings(text, user):
    words = words_of(text)
    if not words:
        return []
    rows = Listing.objects.visible_to(user).filter(search_vector=query_for(words)).defer("search_vector")
    return [row for row in rows.order_by("-modification_timestamp")[: SUGGESTED * 2] if not row.has_ended][:SUGGESTED]


@require_http_methods(["GET", "POST"])
@behind_flag(flags.VIEWINGS)
@once
def change(request, pk):
    """Give a viewing another time, agent or key."""
    viewing = visible_viewing(request, pk)
    NotAllowed.unless_empty(why_not_change(viewing, request.user))
    Refused.unless_empty(why_not_move(viewing, request.user))
    start = timezone.localtime(viewing.starts_at)
    opened = {
        "day": start.date(),
        "time": start.time(),
        "agent": viewing.agent_id,
        "tell": list(MailTo.values),
        **{name: getattr(viewing, name) for name in ("minutes", "key_name", "access_notes", "version")},
    }
    form = WhenForm(request.POST or None, initial=opened, agents=User.objects.agents())
    version, listing = request.POST.get("version", ""), viewing.listing
    if form.is_valid() and version.isdecimal():
        moved = _try(form, lambda: _move(viewing, form.cleaned_data, int(version), request.user))
        if moved:
            messages.success(request, _("Viewing saved: %(when)s") % {"when": spoken(viewing.starts_at)})
            return go_to(request, viewing.get_absolute_url())
        viewing = visible_viewing(request, pk)
    return answer(request, "viewings/move_form.html", _context(form, listing, viewing))


def _move(viewing, data, version, by):
    return move(
        viewing,
        data["starts_at"],
        data["minutes"],
        version=version,
        by=by,
        **{name: data[name] for name in ("agent", "key_name", "access_notes", "tell")},
    )
