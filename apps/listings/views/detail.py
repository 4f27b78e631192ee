"""The listing's page: overview, activity, price history."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, prefetch_related_objects
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from apps.core.flags import is_on
from apps.customers.flags import CUSTOMERS
from apps.customers.models import EmailAddress
from apps.listings.actions.listing import earlier_listings
from apps.listings.actions.status import readiness
from apps.listings.charts import price_chart
from apps.listings.facts import facts, in_force, mandate_clock, permit_clock
from apps.listings.forms.note import NoteForm
from apps.listings.lookups import MediaCategory, PhotoState
from apps.listings.policy import may_open_owner, may_see_commission, may_see_owner, why_not_manage_photos
from apps.listings.timeline import KINDS, PAGE, timeline
from apps.listings.views.pages import header, visible_listing, website_numbers
from apps.matching import flags as matching_flags
from apps.website.flags import WEBSITE

IN_RAIL = 6
EARLIER = 10
MET = {
    "price": "Price entered",
    "photo": "Photos added",
    "mandate": "Mandate valid",
    "permit": "Permit valid",
    "consent": "Owner agrees to publish",
}
OWNER_EMAILS = ArraySubquery(EmailAddress.objects.filter(customer=OuterRef("unit__owner")).values("address"))
MENDED_AT = {"price": "edit_price", "mandate": "new_mandate", "permit": "new_permit"}


@require_safe
def detail(request, listing_id):
    """Overview: photos, price, facts, texts; in the rail mandate, permit, price history and the last events."""
    listing = visible_listing(request, listing_id, owner_emails=OWNER_EMAILS)
    today, by = timezone.localdate(), request.user
    prefetch_related_objects([listing], "mandates", "permits")
    mandate, permit = in_force(listing.mandates.all(), today), in_force(listing.permits.all(), today)
    is_colleague = by.has_perm("listings.view_private_remarks")
    entries = timeline(listing, notes=is_colleague)
    frame = header(request, listing, "overview")
    context = (
        frame
        | _website(listing, today, frame["at"])
        | _prices(listing)
        | {
            "photos": _gallery(listing),
            "may_photograph": not why_not_manage_photos(listing, by),
            "days_on_market": listing.days_on_market(today),
            "numbers": (website_numbers(request, [listing.pk], today) or {}).get(listing.pk),
            "facts": facts(
                listing,
                area_units=request.agency.area_units,
                permit_number=permit.number if permit else "",
                keys=is_colleague,
            ),
            "mandate": mandate_clock(mandate, today),
            "permit": permit_clock(permit, today),
            "sees_owner": may_see_owner(listing, by),
            "opens_owner": is_on(CUSTOMERS, request) and may_open_owner(listing, by),
            "sees_commission": may_see_commission(listing, by),
            "is_colleague": is_colleague,
            "shows_websites": by.has_perm("website.view_site") and is_on(WEBSITE, request),
            "shows_buyers": by.has_perm("matching.view_requirement") and is_on(matching_flags.MATCHING, request),
            "earlier": list(earlier_listings(listing)[:EARLIER]),
            "entries": entries[:IN_RAIL],
            "has_more_entries": len(entries) > IN_RAIL,
            "note_form": NoteForm() if by.has_perm("listings.add_note") else None,
        }
    )
    return render(request, "listings/detail.html", context)


def _gallery(listing):
    """What the gallery shows: photos first, floor plans behind them; those that failed are left out."""
    shown = [photo for photo in listing.photos.shown() if photo.state != PhotoState.FAILED]
    return sorted(shown, key=lambda photo: photo.media_category != MediaCategory.PHOTO)


def _prices(listing) -> dict:
    changes = list(listing.price_changes.all())
    return {
        "prices": changes,
        "chart": price_chart(changes, timezone.now()),
        "changes_count": sum(change.old_price is not None for change in changes),
    }


def _website(listing, today, at) -> dict:
    """What a website needs, unless the listing has ended; where each missing thing is entered."""
    requirements = [] if listing.has_ended else readiness(listing, today)
    return {
        "missing": sum(not requirement.is_met for requirement in requirements),
        "requirements": [
            {
                "name": requirement.name,
                "is_met": requirement.is_met,
                "why_not": requirement.why_not,
                "label": MET[requirement.name],
                "url": at.get(MENDED_AT.get(requirement.name), ""),
            }
            for requirement in requirements
        ],
    }


@require_safe
def activity(request, listing_id):
    """Everything that happened, filtered by kind, a page at a time."""
    listing = visible_listing(request, listing_id)
    kind = request.GET.get("kind", "all")
    kind = kind if kind in KINDS else "all"
    before = request.GET.get("before", "")
    sees_notes = request.user.has_perm("listings.view_private_remarks")
    entries = timeline(listing, kind=kind, before=int(before) if _is_key(before) else None, notes=sees_notes)
    context = header(request, listing, "activity") | {
        "entries": entries,
        "kind": kind,
        "kinds": KINDS if sees_notes else {},
        "before": entries[-1].pk if len(entries) == PAGE else None,
        "note_form": NoteForm() if request.user.has_perm("listings.add_note") else None,
    }
    template = "listings/timeline.html" if request.htmx.target == "timeline" else "listings/activity.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


@require_safe
def prices(request, listing_id):
    """Each asking price with its day, who set it and why."""
    listing = visible_listing(request, listing_id)
    changes = list(listing.price_changes.select_related("by"))
    context = header(request, listing, "prices") | {"prices": changes, "chart": price_chart(changes, timezone.now())}
    return render(request, "listings/prices.html", context)


def _is_key(text: str) -> bool:
    return text.isdecimal() and len(text) < 19
