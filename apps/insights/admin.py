"""Figures of use, to look at."""

from django.contrib import admin

from apps.core.admin_base import CrmAdmin
from apps.insights.models import ScreenUse


@admin.register(ScreenUse)
class ScreenUseAdmin(CrmAdmin):
    """How screens are used. Nothing here can be changed."""

    may_change = False
    list_display = ("day", "view", "role", "device", "views", "people", "changes", "seconds_to_change", "abandoned")
    list_filter = ("role", "device")
    ordering = ("-day", "view", "role", "device")
    search_fields = ("view__startswith",)
