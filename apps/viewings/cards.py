"""What a screen says of a viewing: for whom, in which state, and how a card of the calendar looks."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.viewings.lookups import ShowingStatus
from apps.viewings.travel import with_ways


def cards(viewings, now) -> list:
    """The viewings (of `with_cards`), in order of time, each with `who`, `mark`, `is_next` and the `way` to it."""
    viewings = with_ways(list(viewings))
    upcoming = next((one for one in viewings if one.happens and one.done_at is None and one.ends_at > now), None)
    for one in viewings:
        one.who = who(one)
        one.mark = mark(one, now)
        one.over = one.is_over(now)
        one.is_next = one is upcoming
    return viewings


def who(viewing) -> str:
    """The customers whom the reader may know of, by name; a colleague's customer is called that."""
    names = [customer.label for customer in viewing.known_customers]
    hidden = len(viewing.guests.all()) - len(names)
    if hidden > 0:
        names.append(ngettext("a colleague's customer", "colleagues' customers", hidden))
    words = ", ".join(names)
    return words[:1].upper() + words[1:]


def mark(viewing, now) -> dict:
    """The tag of a viewing: word, tone and icon. A key to collect is said on the day, because it is the next thing."""
    if viewing.showing_status == ShowingStatus.CANCELLED:
        return {"label": _("Cancelled"), "tone": "no", "icon": "x"}
    if viewing.showing_status == ShowingStatus.DENIED:
        return {"label": _("Denied"), "tone": "no", "icon": "x"}
    if viewing.done_at:
        return {"label": _("Done"), "tone": "ok", "icon": "check"}
    if viewing.ends_at <= now:
        return {"label": _("Over"), "tone": "", "icon": ""}
    if viewing.showing_status == ShowingStatus.CONFIRMED:
        return {"label": _("Confirmed"), "tone": "ok", "icon": "check"}
    return {"label": _("Not confirmed"), "tone": "no", "icon": ""}
