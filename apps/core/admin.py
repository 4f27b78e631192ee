"""Data fixes: what happened, forms already sent, jobs that failed."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from apps.core.admin_base import CrmAdmin
from apps.core.models import Event, FailedJob, Submission
from apps.core.queue import retry, why_not_retry
from apps.core.refusals import Refused


@admin.register(Event)
class EventAdmin(CrmAdmin):
    """What happened. Nothing here can be changed."""

    may_change = False
    list_display = ("at", "verb", "by", "subject_label", "subject_id", "request_id")
    list_select_related = ("by",)
    ordering = ("-at", "-id")
    search_fields = ("verb__exact",)
    search_help_text = "A verb (listing.price_changed), the number of a subject (listings.listing 42) or a reference."

    def get_search_results(self, request, queryset, search_term):
        """Only what an index answers."""
        label, _, number = search_term.strip().rpartition(" ")
        if label and number.isdecimal():
            return queryset.filter(subject_label=label, subject_id=number), False
        if not search_term:
            return queryset, False
        found = Q(verb=search_term) if "." in search_term else ~Q(request_id="") & Q(request_id=search_term.upper())
        return queryset.filter(found), False


@admin.register(Submission)
class SubmissionAdmin(CrmAdmin):
    """Forms that were sent, kept so that sending them again has no second effect."""

    may_change = False
    list_display = ("key", "path", "by", "at", "status")
    list_select_related = ("by",)
    fields = ("key", "path", "by", "at", "status")
    ordering = ("-at",)


@admin.register(FailedJob)
class FailedJobAdmin(CrmAdmin):
    """Background jobs that had trouble, with a button that tries again."""

    may_change = False
    list_display = ("failed_at", "task", "message", "attempts", "by", "request_id", "retry_at", "resolved_at")
    list_filter = (("resolved_at", admin.EmptyFieldListFilter), ("retry_at", admin.EmptyFieldListFilter))
    list_select_related = ("by",)
    ordering = ("-failed_at", "-id")
    change_form_template = "admin/failed_job.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.retry_view)
        return [path("<path:object_id>/retry/", view, name="core_failedjob_retry"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The row, and why it cannot be tried again if it cannot."""
        failed = self.get_object(request, unquote(object_id))
        reasons = why_not_retry(failed) if failed else []
        return super().change_view(request, object_id, form_url, {"reasons": reasons, **(extra_context or {})})

    def retry_view(self, request, object_id):
        """Put the job back into the queue."""
        return require_POST(self._retry)(request, object_id)

    def _retry(self, request, object_id):
        failed = self.get_object(request, unquote(object_id))
        if failed is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        try:
            retry(failed, by=request.user)
            messages.success(request, f"{failed.task} is tried again now.")
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:core_failedjob_change", args=[failed.pk]))
