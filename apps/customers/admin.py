"""Data fixes on customers. What has an action of its own goes through it, as on the customer's pages."""

from django.contrib import admin
from django.forms import ModelChoiceField, MultipleChoiceField
from django.utils.translation import gettext as _

from apps.core.admin_base import CrmAdmin, WhyForm, changed_fields
from apps.core.refusals import Refused
from apps.customers.actions.assignment import assign
from apps.customers.actions.consent import set_do_not_contact
from apps.customers.actions.customer import CUSTOMER_FIELDS, edit_customer
from apps.customers.actions.stage import set_stage
from apps.customers.finding import find_customers, with_digits
from apps.customers.lookups import CustomerRole
from apps.customers.models import Consent, Customer, DuplicatePair, EmailAddress, Erasure, Merge, Note, Phone, Task
from apps.customers.phones import digits_key, is_number_like

MOST_FOUND = 500


class CustomerForm(WhyForm):
    """A customer's form: agents who are here, roles by their names."""

    roles = MultipleChoiceField(choices=CustomerRole.choices, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if isinstance(agent := self.fields.get("agent"), ModelChoiceField):
            agent.queryset = agent.queryset.model.objects.agents()


@admin.register(Customer)
class CustomerAdmin(CrmAdmin):
    """Customers: found as everywhere, by name, phone, e-mail or reference."""

    form = CustomerForm
    list_display = ("reference", "label", "kind", "stage", "agent", "team")
    list_filter = ("stage", "kind")
    list_select_related = ("agent", "team")
    fields = ("reference", *sorted(CUSTOMER_FIELDS), "stage", "agent", "do_not_contact", "created_by",
              "merged_into", "erased_at")  # fmt: skip
    readonly_fields = ("reference", "created_by", "merged_into", "erased_at")
    search_fields = ("reference",)
    search_help_text = "A name, a part of a phone number, an e-mail address, or the reference."

    def get_search_results(self, request, queryset, search_term):
        """As the search of the CRM finds customers."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(pk__in=_found(search_term, request.user)), False

    def save_model(self, request, obj, form, change):
        """Give each changed field to the action that keeps its history."""
        values, changed, by = form.cleaned_data, set(changed_fields(form)), request.user
        customer, why = Customer.objects.get(pk=obj.pk), values["why"]
        facts = {name: values[name] for name in changed & CUSTOMER_FIELDS}
        if changed:
            customer = edit_customer(customer, values["seen_version"], facts, by=by)
        if "stage" in changed:
            customer = set_stage(customer, values["stage"], by=by, reason=why)
        if "do_not_contact" in changed:
            customer = set_do_not_contact(customer, values["do_not_contact"], by=by, reason=why)
        if "agent" in changed:
            if values["agent"] is None:
                raise Refused(_("Choose who looks after the customer."))
            assign(customer, values["agent"], by=by)


class OfCustomerAdmin(CrmAdmin):
    """Rows that belong to a customer, found as customers are."""

    list_select_related = ("customer",)
    raw_id_fields = ("customer",)
    readonly_fields = ("customer",)
    search_fields = ("customer__reference",)
    search_help_text = "A name, a part of a phone number, an e-mail address, or the customer's reference."

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        return queryset.filter(customer__in=_found(search_term, request.user)), False


@admin.register(Phone)
class PhoneAdmin(OfCustomerAdmin):
    """Phone numbers, by any part of one."""

    may_delete = True
    list_display = ("customer", "e164", "as_written", "extension", "label")

    def get_search_results(self, request, queryset, search_term):
        if is_number_like(search_term):
            return queryset.filter(pk__in=with_digits(digits_key(search_term)).order_by().values("pk")), False
        return super().get_search_results(request, queryset, search_term)


@admin.register(EmailAddress)
class EmailAddressAdmin(OfCustomerAdmin):
    """E-mail addresses."""

    may_delete = True
    list_display = ("customer", "address", "label")


@admin.register(Consent)
class ConsentAdmin(OfCustomerAdmin):
    """What customers said about each channel. Nothing here can be changed: a new answer is a new row."""

    may_change = False
    list_display = ("customer", "channel", "granted", "source", "at", "by")
    list_filter = ("channel", "granted")
    list_select_related = ("customer", "by")


@admin.register(Note)
class NoteAdmin(OfCustomerAdmin):
    """Notes, calls and messages; one that should not stand there can be deleted."""

    may_delete = True
    list_display = ("customer", "kind", "at", "by", "body")
    list_filter = ("kind",)
    list_select_related = ("customer", "by")
    readonly_fields = ("customer", "by", "at")


@admin.register(Task)
class TaskAdmin(OfCustomerAdmin):
    """What is to be done, and what was."""

    may_delete = True
    list_display = ("title", "customer", "due_on", "assignee", "done_at")
    list_filter = (("done_at", admin.EmptyFieldListFilter),)
    list_select_related = ("customer", "assignee")
    readonly_fields = ("customer", "created_by", "done_at", "done_by", "reminded_at")


def _found(text, user) -> list[int]:
    return [hit.customer.pk for hit in find_customers(text, user, limit=MOST_FOUND)]


@admin.register(DuplicatePair)
class DuplicatePairAdmin(CrmAdmin):
    """Records that look alike, as the search for them found them; people decide on them on the page of duplicates."""

    may_change = False
    list_display = ("left", "right", "score", "found_at", "dismissed_at")
    list_select_related = ("left", "right")
    search_fields = ("=left__reference", "=right__reference")


@admin.register(Merge)
class MergeAdmin(CrmAdmin):
    """What was merged with what; taken back on the customer's page, where all rows go back together."""

    may_change = False
    list_display = ("winner", "loser", "by", "at", "undone_at")
    list_select_related = ("winner", "loser", "by")
    search_fields = ("=winner__reference", "=loser__reference")


@admin.register(Erasure)
class ErasureAdmin(CrmAdmin):
    """Receipts of what was erased and what the law keeps."""

    may_change = False
    list_display = ("customer", "by", "at", "searched_at")
    list_select_related = ("customer", "by")
    search_fields = ("=customer__reference",)
