"""Data fixes on websites. Sites are edited on their own pages, where they can be tested; here they are read."""

from django.contrib import admin

from apps.core.admin_base import CrmAdmin
from apps.website.enquiries import admin as enquiries  # noqa: F401  (its pages)
from apps.website.models import Adoption, FoundPost, Placement, PlacementPhoto, Profile, Proposal, Site


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
