"""Erasing a person's data: the rehearsal that says what goes and what stays, and the receipt."""

from django import forms
from django.contrib import messages
from django.db import models
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from apps.core import keyset
from apps.core.http import once, refusals_on
from apps.core.refusals import NotAllowed, Refused
from apps.customers.actions import erasure as actions
from apps.customers.erasing.registry import searches
from apps.customers.models import Erasure
from apps.customers.views.pages import visible_customer

PAGE = 25
ORDER = keyset.Order(
    (keyset.Key("at", models.DateTimeField()), keyset.Key("id", models.BigIntegerField())), is_descending=True
)


class EraseForm(forms.Form):
    """Why, and the reference typed once more, because this cannot be undone."""

    ground = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("Who asked, when and how. It stands on the receipt: no names, no numbers."),
    )
    typed = forms.CharField(label=gettext_lazy("The customer's reference"), max_length=20)

    def __init__(self, *args, reference, **kwargs):
        super().__init__(*args, **kwargs)
        self.reference = reference
        self.fields["typed"].help_text = _("Type %(reference)s to confirm") % {"reference": reference}

    def clean_typed(self):
        typed = self.cleaned_data["typed"].strip().upper()
        if typed != self.reference:
            raise forms.ValidationError(_("Type %(reference)s") % {"reference": self.reference})
        return typed


@require_http_methods(["GET", "POST"])
@once
def erase(request, reference):
    """The rehearsal; a POST erases."""
    customer = visible_customer(request, reference)
    NotAllowed.unless_empty(actions.why_not_erase(customer, request.user))
    form = EraseForm(request.POST or None, reference=customer.reference)
    done = None
    if form.is_valid():
        with refusals_on(form):
            done = actions.erase(customer, ground=form.cleaned_data["ground"], by=request.user)
    if done:
        messages.success(request, _("Erased. This is the receipt"))
        return redirect("customers:erasure", done.pk)
    receipt = actions.rehearse(customer, by=request.user)
    searched = [one[0] for one in searches()]
    context = {"customer": customer, "form": form, "receipt": receipt, "searched": searched}
    return render(request, "customers/erase.html", context, status=Refused.status if form.is_bound else 200)


def why_not_read_receipts(by) -> list[str]:
    """Why this person may not see what was erased."""
    may = by.has_perm("customers.erase_customer")
    return [] if may else [_("Only administrators read receipts of erasures. Ask one of them.")]


@require_safe
def receipts(request):
    """All erasures, the latest first."""
    NotAllowed.unless_empty(why_not_read_receipts(request.user))
    page = keyset.asked_page(Erasure.objects.select_related("customer", "by"), ORDER, PAGE, request.GET)
    context = {
        "page": page,
        "next": keyset.encode(page.last) if page.has_next else "",
        "previous": keyset.encode(page.first) if page.has_previous else "",
    }
    return render(request, "customers/erasures.html", context)


@require_safe
def receipt(request, pk):
    """What was blanked, what was kept and why."""
    NotAllowed.unless_empty(why_not_read_receipts(request.user))
    erasure = get_object_or_404(Erasure.objects.select_related("customer", "by"), pk=pk)
    return render(request, "customers/erasure.html", {"erasure": erasure})
