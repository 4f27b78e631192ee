"""Data fixes on websites, enquiries and numbers. Sites are edited on their own pages, where they can be tested."""

from django.contrib import admin

from apps.core.admin_base import CrmAdmin
from apps.website.models import (
    Adoption,
    DailyNumber,
    Enquiry,
    FoundPost,
    Placement,
    PlacementPhoto,
    Polling,
    Profile,
    Proposal,
    Site,
)


@admin.register(Site)
class SiteAdmin(CrmAdmin):
    """Sites, without their secrets."""

    may_change = False
    list_display = ("name", "url", "profile", "is_active", "failing_since", "last_ok_at", "reconciled_at")
    list_filter = ("is_active",)
    list_select_related = ("profile",)
    exclude = ("password", "intake_key")


@admin.register(Profile)
class ProfileAdmin(CrmAdmin):
    """Profiles."""

    may_change = False
    list_display = ("name", "slug", "is_shipped", "created_at")


@admin.register(Placement)
class PlacementAdmin(CrmAdmin):
    """What is on which site. It is changed on the listing's page, where the site is asked."""

    may_change = False
    list_display = ("listing", "site", "wanted", "state", "is_up", "checked_at", "due_at", "trouble")
    list_filter = ("site", "state", "wanted")
    list_select_related = ("listing", "site")
    search_fields = ("listing__listing_id",)
    raw_id_fields = ("listing",)


@admin.register(PlacementPhoto)
class PlacementPhotoAdmin(CrmAdmin):
    """The copies of photos that the sites have."""

    may_change = False
    list_display = ("placement", "digest", "media_id", "confirmed_at")
    raw_id_fields = ("placement", "photo")


@admin.register(Adoption)
class AdoptionAdmin(CrmAdmin):
    """Readings of sites that were kept by hand."""

    may_change = False
    list_display = ("site", "state", "done", "total", "own", "by", "asked_at", "ended_at", "trouble")
    list_filter = ("site", "state")
    list_select_related = ("site", "by")


@admin.register(FoundPost)
class FoundPostAdmin(CrmAdmin):
    """Posts that were found there. What they are is decided on the website's page."""

    may_change = False
    list_display = ("post_id", "title", "site", "status", "confidence", "decision", "decided_by", "decided_at")
    list_filter = ("site", "decision", "confidence")
    list_select_related = ("site", "decided_by")
    search_fields = ("title",)


@admin.register(Proposal)
class ProposalAdmin(CrmAdmin):
    """Listings that a post may be about."""

    may_change = False
    list_display = ("post", "found_listing", "rank")
    list_select_related = ("post", "found_listing")
    raw_id_fields = ("post", "found_listing")


@admin.register(Enquiry)
class EnquiryAdmin(CrmAdmin):
    """Enquiries: the listing may be mended, where the site called it by another name."""

    list_display = ("pk", "site", "listing", "customer", "received_at", "answered_at", "escalated_at")
    list_filter = ("site",)
    list_select_related = ("site", "listing", "customer")
    fields = ("site", "their_id", "listing", "asked_reference", "customer", "made_customer", "agent", "name", "phone",
              "email", "text", "page", "source", "campaign", "consent", "consent_text", "asked_at", "received_at",
              "answered_at", "answered_by", "set_aside", "escalated_at")  # fmt: skip
    readonly_fields = tuple(name for name in fields if name not in ("listing", "text"))
    raw_id_fields = ("listing",)
    search_fields = ("listing__listing_id__startswith",)
    search_help_text = "The beginning of a listing's reference."


@admin.register(DailyNumber)
class DailyNumberAdmin(CrmAdmin):
    """Views and enquiries by day, as sites counted them."""

    may_change = False
    list_display = ("site", "listing", "day", "views", "enquiries")
    list_filter = ("site",)
    list_select_related = ("site", "listing")
    search_fields = ("listing__listing_id__startswith",)
    search_help_text = "The beginning of a listing's reference."


@admin.register(Polling)
class PollingAdmin(CrmAdmin):
    """How far sites were read."""

    may_change = False
    list_display = ("site", "enquiries_after", "asked_at", "numbers_at", "pushed_at", "trouble")
    list_select_related = ("site",)
