"""One viewing: its page, and what may become of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.flags import behind_flag
from apps.core.http import go_to, once, refusals_on
from apps.core.models import Event
from apps.core.outgoing import MailState
from apps.core.refusals import NotAllowed, Refused
from apps.listings.policy import may_see_owner
from apps.viewings import flags
from apps.viewings.actions import booking
from apps.viewings.cards import mark, who
from apps.viewings.forms.booking import CallOffForm
from apps.viewings.lookups import MailTo, Verdict
from apps.viewings.mails.sending import send_again, why_not_send_again
from apps.viewings.models import Viewing, ViewingMail
from apps.viewings.owner_words import in_words, owner_of
from apps.viewings.policy import why_not_change
from apps.viewings.timeline import sentences
from apps.viewings.travel import with_ways
from apps.viewings.views.pages import answer, visible_viewing

MAIL_TONES = {MailState.SENT: "ok", MailState.WITHHELD: "warn", MailState.UNSURE: "bad"}


@require_safe
@behind_flag(flags.VIEWINGS)
def detail(request, pk):
    """When and where, for whom, by which key, who was told; afterwards what they thought."""
    viewing = visible_viewing(request, pk)
    by, now = request.user, timezone.now()
    context = header(request, viewing, now) | {
        "guests": guests_of(viewing),
        "way": _way(viewing, by),
        "mails": _mails(viewing, by),
        "owner": owner_of(viewing.listing) if may_see_owner(viewing.listing, by) else None,
        "events": sentences(Event.objects.filter(subject_label="viewings.viewing", subject_id=viewing.pk)),
    }
    return render(request, "viewings/detail.html", context)


def header(request, viewing, now) -> dict:
    """Context of `viewings/header.html`: what may be done next, and why not."""
    by = request.user
    return {
        "viewing": viewing,
        "listing": viewing.listing,
        "who": who(viewing),
        "mark": mark(viewing, now),
        "is_over": viewing.is_over(now),
        "has_begun": viewing.starts_at <= now,
        "verdicts": Verdict,
        "why_not_change": why_not_change(viewing, by),
        "may_move": not booking.why_not_move(viewing, by),
        "may_confirm": not booking.why_not_confirm(viewing, by) and viewing.starts_at > now,
        "may_done": not booking.why_not_done(viewing, by),
    }


def guests_of(viewing) -> list[dict]:
    """Each customer this person may know of, with how to reach them and what they thought."""
    heard = {one.customer_id: one for one in viewing.feedback.select_related("viewing", "by")}
    guests = []
    for customer in viewing.known_customers:
        feedback = heard.get(customer.pk)
        phone = customer.phones.exclude(e164="").first()
        guests.append(
            {
                "customer": customer,
                "phone": phone,
                "why_not_call": customer.may_be_contacted("phone"),
                "why_not_write": customer.may_be_contacted("whatsapp"),
                "feedback": feedback,
                "words": in_words(feedback) if feedback else "",
            }
        )
    return guests


def _way(viewing, by):
    """The way from the agent's viewing before this one on that day."""
    day = timezone.localtime(viewing.starts_at).date()
    rows = Viewing.objects.visible_to(by).of_agent(viewing.agent).happening().on_day(day).select_related("listing")
    before = list(rows.filter(starts_at__lt=viewing.starts_at).defer("listing__search_vector"))[-1:]
    if not before:
        return None
    with_ways([before[0], viewing])
    viewing.before = before[0]
    return viewing.way


def _mails(viewing, by) -> list[dict]:
    """Who was told what; the owner is named only to those who may know."""
    known = {customer.pk for customer in viewing.known_customers}
    sees_owner = may_see_owner(viewing.listing, by)
    rows = []
    for mail in viewing.mails.select_related("customer", "user"):
        is_named = mail.user_id or (sees_owner if mail.to == MailTo.OWNER else mail.customer_id in known)
        name = str(mail.customer or mail.user) if is_named else ""
        rows.append(
            {
                "mail": mail,
                "name": name,
                "tone": MAIL_TONES.get(mail.state, ""),
                "why_not": mail.why_not if is_named else "",
                "may_send_again": not why_not_send_again(mail),
            }
        )
    return rows


@require_POST
@behind_flag(flags.VIEWINGS)
@once
def confirm(request, pk):
    """Owner or tenant lets people in then."""
    viewing = visible_viewing(request, pk)
    booking.confirm(viewing, version=_version(request), by=request.user)
    messages.success(request, _("Viewing confirmed"))
    return redirect(viewing)


@require_POST
@behind_flag(flags.VIEWINGS)
@once
def done(request, pk):
    """It was shown; next comes what they thought."""
    viewing = visible_viewing(request, pk)
    booking.done(viewing, version=_version(request), by=request.user)
    return redirect("viewings:feedback", viewing.pk)


@require_http_methods(["GET", "POST"])
@behind_flag(flags.VIEWINGS)
@once
def call_off(request, pk):
    """Cancel the viewing, or write down that the owner or tenant said no."""
    viewing = visible_viewing(request, pk)
    NotAllowed.unless_empty(why_not_change(viewing, request.user))
    Refused.unless_empty(booking.why_not_cancel(viewing, request.user))
    opened = {"version": viewing.version, "tell": list(MailTo.values), "who": "cancel"}
    form = CallOffForm(request.POST or None, initial=opened)
    if form.is_valid():
        data = form.cleaned_data
        act = booking.cancel if data["who"] == "cancel" else booking.deny
        with refusals_on(form):
            act(viewing, version=data["version"], by=request.user, reason=data["reason"], tell=data["tell"])
    if form.is_bound and form.is_valid():
        messages.success(request, _("Viewing called off"))
        return go_to(request, viewing.get_absolute_url())
    context = {"form": form, "viewing": viewing, "listing": viewing.listing}
    return answer(request, "viewings/call_off_form.html", context)


@require_POST
@behind_flag(flags.VIEWINGS)
@once
def mail_again(request, pk):
    """Send a mail once more that perhaps never went out."""
    mails = ViewingMail.objects.filter(viewing__in=Viewing.objects.visible_to(request.user))
    mail = get_object_or_404(mails.select_related("viewing__listing", "viewing__agent"), pk=pk)
    NotAllowed.unless_empty(why_not_change(mail.viewing, request.user))
    send_again(mail, by=request.user)
    messages.success(request, _("The mail is sent once more"))
    return redirect(mail.viewing)


def _version(request) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
