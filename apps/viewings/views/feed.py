"""The agent's viewings in a calendar of their own choice, by a secret address."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.mail import site_address
from apps.core.flags import behind_flag, is_on
from apps.core.refusals import NotAllowed
from apps.viewings import flags
from apps.viewings.actions.feed import feed_of, make_feed, revoke_feed, why_not_have_feed
from apps.viewings.cards import who
from apps.viewings.ics import calendar
from apps.viewings.mails.letters import appointment_of
from apps.viewings.models import CalendarFeed, Viewing

PAST, AHEAD, MOST = timedelta(days=60), timedelta(days=400), 1000
READ_EVERY = timedelta(minutes=5)


@require_http_methods(["GET", "POST"])
@behind_flag(flags.VIEWINGS)
def feed(request):
    """Make one's secret address, replace it, or end it. The address itself is shown once, on the page that made it.

    Not `@once`, which keeps the answer: a second click makes another address, and the answer shows the one that works.
    """
    NotAllowed.unless_empty(why_not_have_feed(request.user))
    if request.method == "POST" and request.POST.get("do") == "revoke":
        if revoke_feed(by=request.user):
            messages.success(request, _("The address works no more"))
        return redirect("viewings:feed")
    secret = make_feed(by=request.user)[1] if request.method == "POST" else ""
    address = site_address(reverse("viewings:calendar-feed", args=[secret])) if secret else ""
    context = {
        "address": address,
        "webcal": address.replace("https://", "webcal://").replace("http://", "webcal://"),
        "feed": CalendarFeed.objects.filter(user=request.user, revoked_at__isnull=True).first(),
    }
    response = render(request, "viewings/feed.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@login_not_required
def calendar_feed(request, secret):
    """The viewings of whoever made this address. Nothing is said of why an address does not work."""
    found = feed_of(secret)
    if found is None or why_not_have_feed(found.user):
        raise Http404
    request.user = found.user
    if not is_on(flags.VIEWINGS, request):
        raise Http404
    now = timezone.now()
    rows = Viewing.objects.visible_to(found.user).of_agent(found.user)
    rows = rows.filter(starts_at__gte=now - PAST, starts_at__lte=now + AHEAD).with_cards(found.user)
    content = calendar((_appointment(viewing) for viewing in rows[:MOST]), method="PUBLISH", name=_("Viewings"))
    if found.last_read_at is None or found.last_read_at < now - READ_EVERY:
        CalendarFeed.objects.filter(pk=found.pk).update(last_read_at=now)
    headers = {"Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _appointment(viewing):
    details = [f"{_('Key')}: {viewing.key_name}" if viewing.key_name else "", viewing.access_notes]
    return appointment_of(
        viewing,
        summary=f"{viewing.listing.label} ({who(viewing)})",
        description="\n".join(part for part in details if part),
        url=site_address(viewing.get_absolute_url()),
    )
