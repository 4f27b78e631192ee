"""The calendar: a day by agent or by listing, a week, and what comes next."""

from datetime import date, timedelta

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from apps.accounts.models import User
from apps.core.flags import behind_flag
from apps.core.refusals import NotAllowed
from apps.listings.models import Listing
from apps.viewings import flags
from apps.viewings.calendar import columns_of, days_of, hours_for, week_of
from apps.viewings.cards import cards
from apps.viewings.models import Viewing
from apps.viewings.views.pages import key

VIEWS = {"day": _("Day"), "week": _("Week"), "agenda": _("Agenda")}
AGENDA_DAYS = 14
STEPS = {"day": 1, "week": 7, "agenda": AGENDA_DAYS}
EVERYONE = "all"
MOST = 500


@require_safe
@behind_flag(flags.VIEWINGS)
def calendar(request):
    """Viewings of a day, a week or the next two weeks; one's own at first, everyone's for those who manage."""
    by = request.user
    if not by.has_perm("viewings.view_viewing"):
        raise NotAllowed(_("Your role has no viewings."))
    view = request.GET.get("view", "day")
    view = view if view in VIEWS else "day"
    day, now = _day(request.GET.get("day", "")), timezone.now()
    agents = list(User.objects.agents().order_by("full_name"))
    agent, listing = _agent(request, agents), _listing(request)
    days = _days(view, day, request.agency.weekend)
    rows = Viewing.objects.visible_to(by).happening().between(days[0], days[-1])
    rows = rows.filter(agent=agent) if agent else rows
    rows = rows.filter(unit_id=listing.unit_id) if listing else rows
    shown = cards(rows.with_cards(by)[:MOST], now)
    grouped = "listing" if request.GET.get("by") == "listing" else "agent"
    always = [agent] if agent and grouped == "agent" else []
    hours = hours_for(shown if view == "day" else [])
    context = {
        "view": view,
        "day": day,
        "days": days_of(days, shown, request.agency.weekend),
        "columns": columns_of(shown, grouped, hours, always) if view == "day" else [],
        "hours": hours.drawn,
        "now_row": hours.row_of(timezone.localtime(now)) if day == timezone.localdate() else None,
        "now": now,
        "shown": shown,
        "agents": agents,
        "agent": agent,
        "everyone": EVERYONE,
        "listing": listing,
        "by": grouped,
        "outstanding": Viewing.objects.visible_to(by).of_agent(by).awaiting_feedback(now).count(),
        "may_book": by.has_perm("viewings.add_viewing"),
    }
    return render(request, "viewings/calendar.html", context | _links(request, view, day, days))


def _links(request, view, day, days) -> dict:
    step = timedelta(days=STEPS[view])
    return {
        "earlier": _address(request, day - step),
        "later": _address(request, day + step),
        "today": _address(request, timezone.localdate()),
        "is_today": timezone.localdate() in days,
        "views": [(name, label, _address(request, day, view=name)) for name, label in VIEWS.items()],
        "by_agent": _address(request, day, by="agent"),
        "by_listing": _address(request, day, by="listing"),
    }


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
    return day if 2000 <= day.year <= 2100 else timezone.localdate()


def _agent(request, agents):
    """The agent whose viewings are shown, or None for everyone's."""
    asked = request.GET.get("agent", "")
    chosen = next((one for one in agents if one.pk == key(asked)), None)
    if chosen or asked == EVERYONE or request.GET.get("listing"):
        return chosen
    return None if request.user.has_perm("viewings.change_any_viewing") else request.user


def _listing(request):
    asked = request.GET.get("listing", "").replace("\x00", "")
    return Listing.objects.visible_to(request.user).filter(listing_id=asked).first() if asked else None


def _days(view, day, weekend) -> list[date]:
    if view == "week":
        return week_of(day, weekend)
    return [day + timedelta(days=ahead) for ahead in range(STEPS[view])]


def _address(request, day: date, **changes) -> str:
    query = request.GET.copy()
    query["day"] = day.isoformat()
    for name, value in changes.items():
        query[name] = value
    return f"{reverse('viewings:calendar')}?{query.urlencode()}"
