"""What happened to a viewing stands on three timelines: its own, the listing's, and that of each customer."""

from django.utils import timezone
from django.utils.formats import date_format

from apps.core.events import record


def record_viewing(verb: str, viewing, *, by, customers=None, told: dict | None = None, **data) -> None:
    """Record `verb` on the viewing, its listing and its customers (or `customers` alone of them).

    `data` may be read by whoever sees the listing, so it names no customer; `told` is for the customers' timelines.
    """
    common = {
        "viewing": viewing.pk,
        "starts_at": timezone.localtime(viewing.starts_at).isoformat(timespec="minutes"),
        "listing": viewing.listing.listing_id,
        "label": viewing.listing.label,
        "agent": viewing.agent.short_name,
        **data,
    }
    record(verb, viewing, by=by, **common)
    record(verb, viewing.listing, by=by, **common)
    told = {"spoken": spoken(viewing.starts_at), **(told or {})}
    for customer in viewing.customers.all() if customers is None else customers:
        record(verb, customer, by=by, **common, **told)


def spoken(moment) -> str:
    """“Sat 21 Nov, 14:30”, in the zone that is active."""
    return date_format(timezone.localtime(moment), "D j M, H:i")
