"""The page `/ui/`: every component in every state, for those who build screens and those who check them."""

import datetime
from decimal import Decimal

from django import forms
from django.contrib.auth.decorators import permission_required
from django.shortcuts import render
from django.utils import timezone

from apps.core.templatetags.ui import STATUSES


class ExampleForm(forms.Form):
    """One field of each kind, so that their states can be seen."""

    list_price = forms.DecimalField(
        label="Price, AED",
        max_value=Decimal("5000000"),
        error_messages={"max_value": "Price is 10 times the last price. Enter AED 2,450,000 or confirm the change"},
    )
    reason = forms.CharField(required=False, help_text="The owner sees this in the monthly report")
    furnished = forms.ChoiceField(choices=[("", "Not set"), ("Furnished", "Furnished"), ("Partially", "Partially")])
    handover = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    public_remarks = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    occupant_type = forms.ChoiceField(choices=[("Owner", "Owner"), ("Tenant", "Tenant")], widget=forms.RadioSelect)
    consent = forms.BooleanField(required=False, label="The owner agrees to publish")


@permission_required("core.view_components", raise_exception=True)
def components(request):
    """Show all components. The form is refused on purpose: nothing here is saved."""
    today = timezone.localdate()
    refused = ExampleForm({"list_price": "24500000", "furnished": "Furnished", "occupant_type": "Owner"})
    return render(
        request,
        "ui/components.html",
        {
            "statuses": [status for status in STATUSES if status != "Delete"],
            "refused": refused,
            "empty_form": ExampleForm(),
            "now": timezone.now(),
            "ends": [today + datetime.timedelta(days=days) for days in (61, 27, 12, -3)],
        },
    )
