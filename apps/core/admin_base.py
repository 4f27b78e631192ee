"""What all pages of Django admin share: a reason for each change, who did what, speed at a million rows."""

import pghistory
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property

from apps.core.admin_history import changes_of, events_of
from apps.core.events import record
from apps.core.models import Versioned
from apps.core.refusals import Conflict, Refused
from apps.core.versions import claim_version

COUNTED_TO = 10_000


class EstimatingPaginator(Paginator):
    """Counts exactly to 10,000; beyond that the database's own estimate is good enough to page by."""

    @cached_property
    def count(self):
        counted = self.object_list.order_by()[: COUNTED_TO + 1].count()
        if counted <= COUNTED_TO or self.object_list.query.where:
            return counted
        with connection.cursor() as cursor:
            table = self.object_list.model._meta.db_table
            cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [table])
            return max(cursor.fetchone()[0], counted)


class WhyForm(forms.ModelForm):
    """A form with the reason of the change, the version that was opened, and what the action or database refused."""

    refused: list[str] = []

    why = forms.CharField(
        max_length=300, help_text="Why this is changed here and not on its page. It stands in the history."
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if isinstance(self.instance, Versioned) and "seen_version" in self.fields:
            self.fields["seen_version"].initial = self.instance.version

    def clean(self):
        for sentence in self.refused:
            self.add_error(None, sentence)
        return super().clean()


class CrmAdmin(admin.ModelAdmin):
    """The base of our admin pages. Rows may be changed; adding and deleting must be allowed page by page."""

    may_add = False
    may_change = True
    may_delete = False
    form = WhyForm
    actions = None
    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = EstimatingPaginator
    sortable_by = ()
    ordering = ("-pk",)
    view_on_site = False
    delete_confirmation_template = "admin/delete_with_reason.html"

    def get_urls(self):
        """Each page by its name; the address without one, which Django keeps for links of long ago, is left out."""
        return [url for url in super().get_urls() if url.name]

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    def has_add_permission(self, request):
        return self.may_add and self.has_view_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.may_change and self.has_view_permission(request)

    def has_delete_permission(self, request, obj=None):
        return self.may_delete and self.has_view_permission(request)

    def get_fieldsets(self, request, obj=None):
        """The page's own, then the reason where something may be changed."""
        fieldsets = list(super().get_fieldsets(request, obj))
        if self.has_change_permission(request, obj) or (obj is None and self.has_add_permission(request)):
            fieldsets.append(("Reason", {"fields": ("why", "seen_version")}))
        return fieldsets

    def get_fields(self, request, obj=None):
        if self.fields:
            return self.fields
        names = super().get_fields(request, obj)
        return [name for name in names if name not in WhyForm.declared_fields]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"refused": getattr(request, "refused_in_admin", [])})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show the form again, with all that was typed, when an action or the database refuses."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except Conflict:
            request.refused_in_admin = ["Somebody changed this since you opened it. Open it again and compare."]
        except Refused as refusal:
            request.refused_in_admin = refusal.sentences
        except IntegrityError as error:
            request.refused_in_admin = [sentence_for(error, self.model)]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        """Write the row, unless the form was sent back as it was."""
        if change and not changed_fields(form):
            return
        if isinstance(obj, Versioned) and change:
            claim_version(obj, form.cleaned_data["seen_version"])
        super().save_model(request, obj, form, change)

    def construct_change_message(self, request, form, formsets, add=False):
        """Names of the fields that were changed: what the log methods below are handed."""
        return changed_fields(form)

    def save_form(self, request, form, change):
        pghistory.context(why=form.cleaned_data["why"])
        return super().save_form(request, form, change)

    def log_addition(self, request, obj, message):
        self._record(request, "admin.added", obj, fields=message)

    def log_change(self, request, obj, message):
        if message:
            self._record(request, "admin.changed", obj, fields=message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            self._record(request, "admin.deleted", obj, label=str(obj))

    def _record(self, request, verb, obj, **data):
        record(verb, obj, by=request.user, why=request.POST.get("why", "").strip()[:300], **data)

    def get_deleted_objects(self, objs, request):
        """Rows that something else hangs on are told as such, whoever might delete those other rows."""
        found, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return found, counts, set() if protected else lacking, protected

    def delete_view(self, request, object_id, extra_context=None):
        """Ask for a reason too, and keep it in the history."""
        if request.method == "POST":
            why = request.POST.get("why", "").strip()
            if not why:
                messages.error(request, "Enter why this is deleted.")
                return HttpResponseRedirect(request.get_full_path())
            pghistory.context(why=why[:300])
        return super().delete_view(request, object_id, extra_context)

    def history_view(self, request, object_id, extra_context=None):
        """Who did what to this row and why, and what each field was before."""
        obj = self.get_object(request, admin.utils.unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {obj}",
            "opts": self.opts,
            "object": obj,
            "events": events_of(obj),
            "changes": changes_of(obj),
        }
        return TemplateResponse(request, "admin/history.html", context)


def changed_fields(form) -> list[str]:
    """Fields of the row that somebody changed in the form."""
    return [name for name in form.changed_data if name not in WhyForm.declared_fields]


def sentence_for(error: IntegrityError, model) -> str:
    """What the database refused, in words: the constraint's own message, else the trigger's, else its name."""
    diagnosis = error.__cause__.diag
    named = {constraint.name: constraint for constraint in model._meta.constraints}
    if diagnosis.constraint_name in named:
        return str(named[diagnosis.constraint_name].get_violation_error_message())
    if diagnosis.constraint_name is None:
        return diagnosis.message_primary
    return f"The database refuses this: {diagnosis.constraint_name.replace('_', ' ')}."
