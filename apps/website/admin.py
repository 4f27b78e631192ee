"""Data fixes on websites. Sites are edited on their own pages, where they can be tested; here they are read."""

from django.contrib import admin

from apps.core.admin_base import CrmAdmin
from apps.website import admin_enquiries  # noqa: F401  (its pages)
from apps.website.models import Profile, Site


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
