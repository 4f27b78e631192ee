"""Data fixes on enquiries and numbers. Answers and customers are given on the enquiry's own page."""

from django.contrib import admin

from apps.core.admin_base import CrmAdmin
from apps.website.models import DailyNumber, Enquiry, Polling


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
