"""Data fixes on viewings. Times, status and feedback go through actions on their own pages; here they are read."""

from django.contrib import admin

from apps.core.admin_base import CrmAdmin
from apps.viewings.models import CalendarFeed, Feedback, Tour, Viewing, ViewingGuest, ViewingMail


@admin.register(Viewing)
class ViewingAdmin(CrmAdmin):
    """Viewings: key, meeting point and the reason why one was called off may be mended."""

    list_display = ("listing", "starts_at", "minutes", "agent", "showing_status", "done_at", "key_name")
    list_filter = ("showing_status",)
    list_select_related = ("listing", "agent")
    fields = ("listing", "agent", "starts_at", "minutes", "showing_status", "done_at", "key_name", "access_notes",
              "why_called_off", "tour", "position", "created_by")  # fmt: skip
    readonly_fields = ("listing", "agent", "starts_at", "minutes", "showing_status", "done_at", "tour", "position",
                       "created_by")  # fmt: skip
    search_fields = ("listing__listing_id__startswith",)
    search_help_text = "The beginning of a listing's reference."


class OfViewingAdmin(CrmAdmin):
    """Rows that belong to a viewing: found by the listing's reference, and kept as they are."""

    may_change = False
    list_select_related = ("viewing__listing",)
    search_fields = ("viewing__listing__listing_id__startswith",)
    search_help_text = "The beginning of a listing's reference."


@admin.register(ViewingGuest)
class ViewingGuestAdmin(OfViewingAdmin):
    """Whom a listing is shown to."""

    list_display = ("viewing", "customer")
    list_select_related = ("viewing__listing", "customer")


@admin.register(Feedback)
class FeedbackAdmin(OfViewingAdmin):
    """What customers thought; the line can be mended, because people write names into it."""

    may_change = True
    list_display = ("viewing", "customer", "verdict", "line", "at", "by", "told_owner_at")
    list_select_related = ("viewing__listing", "customer", "by")
    list_filter = ("verdict",)
    fields = ("viewing", "customer", "verdict", "reasons", "line", "by", "at", "told_owner_at", "told_owner_by")
    readonly_fields = ("viewing", "customer", "verdict", "reasons", "by", "at", "told_owner_at", "told_owner_by")


@admin.register(ViewingMail)
class ViewingMailAdmin(OfViewingAdmin):
    """The outbox: who was told what, and why somebody was not."""

    list_display = ("viewing", "about", "to", "state", "why_not", "at", "sent_at")
    list_filter = ("state", "about", "to")


@admin.register(Tour)
class TourAdmin(CrmAdmin):
    """Tours."""

    may_change = False
    list_display = ("pk", "agent", "created_at")
    list_select_related = ("agent",)


@admin.register(CalendarFeed)
class CalendarFeedAdmin(CrmAdmin):
    """Secret addresses of calendars; one whose person should not read on can be deleted."""

    may_change = False
    may_delete = True
    list_display = ("user", "created_at", "last_read_at", "revoked_at")
    list_select_related = ("user",)
