"""Data fixes on what customers look for, and the rates of exchange, which administrators keep here."""

from django.contrib import admin

from apps.core.admin_base import CrmAdmin
from apps.matching.models import Decision, ExchangeRate, Requirement, RequirementPlace, Sending


@admin.register(Requirement)
class RequirementAdmin(CrmAdmin):
    """What customers look for: found by the customer's reference."""

    list_display = ("customer", "property_type", "price_min", "price_max", "currency", "is_active", "modified_at")
    list_filter = ("property_type", "is_active")
    list_select_related = ("customer",)
    raw_id_fields = ("customer",)
    readonly_fields = ("customer", "created_by")
    search_fields = ("customer__reference__startswith",)
    search_help_text = "The beginning of a customer's reference."


@admin.register(RequirementPlace)
class RequirementPlaceAdmin(CrmAdmin):
    """Places that customers named."""

    may_add = may_delete = True
    list_display = ("requirement", "place")
    list_select_related = ("requirement", "place")
    raw_id_fields = ("requirement", "place")
    search_fields = ("requirement__customer__reference__startswith",)
    search_help_text = "The beginning of a customer's reference."


@admin.register(Decision)
class DecisionAdmin(CrmAdmin):
    """What was decided about listings. One that should not stand there can be deleted: the listing comes back."""

    may_delete = True
    list_display = ("listing", "requirement", "verdict", "reason", "by", "at")
    list_filter = ("verdict", "reason")
    list_select_related = ("listing", "requirement", "by")
    readonly_fields = ("listing", "requirement", "seen", "by", "at")
    search_fields = ("listing__listing_id__startswith", "requirement__customer__reference__startswith")
    search_help_text = "The beginning of a listing's or customer's reference."


@admin.register(Sending)
class SendingAdmin(CrmAdmin):
    """What was sent to whom. Nothing here can be changed."""

    may_change = False
    list_display = ("customer", "listing", "channel", "by", "at")
    list_filter = ("channel",)
    list_select_related = ("customer", "listing", "by")
    search_fields = ("listing__listing_id__startswith", "customer__reference__startswith")
    search_help_text = "The beginning of a listing's or customer's reference."


@admin.register(ExchangeRate)
class ExchangeRateAdmin(CrmAdmin):
    """Rates by which prices and budgets are compared. Say whose rate it is, and of which day."""

    may_add = may_delete = True
    list_display = ("currency", "in_aed", "source", "as_of")
    ordering = ("currency",)
    search_fields = ("currency__startswith",)
