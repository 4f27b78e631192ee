"""Imports, to look at. A run is changed on its own pages; its records are facts."""

from django.contrib import admin

from apps.core.admin_base import CrmAdmin
from apps.imports.models import CustomerRecord, ImportRow, ImportRun, SourceRecord


@admin.register(ImportRun)
class ImportRunAdmin(CrmAdmin):
    """Runs with their counts."""

    may_change = False
    list_display = (
        "id",
        "subject",
        "file_name",
        "source",
        "state",
        "row_count",
        "new_count",
        "changed_count",
        "refused_count",
        "by",
    )
    list_filter = ("subject", "state")
    list_select_related = ("by",)
    search_fields = ("file_name__istartswith", "source__startswith", "file_digest__startswith")


@admin.register(ImportRow)
class ImportRowAdmin(CrmAdmin):
    """Rows of runs and what became of them."""

    may_change = False
    list_display = ("id", "run", "number", "outcome", "label", "listing", "customer")
    list_filter = ("outcome",)
    list_select_related = ("run", "listing", "customer")
    search_fields = ("=run__id", "source_key__startswith")


@admin.register(SourceRecord)
class SourceRecordAdmin(CrmAdmin):
    """Which listing a source's row is."""

    may_change = False
    list_display = ("id", "source", "key", "listing", "last_run")
    list_select_related = ("listing", "last_run")
    search_fields = ("key__startswith", "source__startswith")


@admin.register(CustomerRecord)
class CustomerRecordAdmin(CrmAdmin):
    """Which customer a source's row is."""

    may_change = False
    list_display = ("id", "source", "key", "customer", "last_run")
    list_select_related = ("customer", "last_run")
    search_fields = ("key__startswith", "source__startswith")
