"""What is sent to a customer, and why not."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.form_fields import TextField
from apps.customers.lookups import IN_WRITING
from apps.matching.lookups import DismissReason


class SendForm(forms.Form):
    """The text as the customer reads it, and the way it goes."""

    channel = forms.ChoiceField(label=_("By"), choices=[(one.value, one.label) for one in IN_WRITING])
    text = TextField(label=_("Text"), rows=10, max_length=5000)


class DismissForm(forms.Form):
    """What was wrong with a listing."""

    reason = forms.ChoiceField(choices=DismissReason.choices)
    line = forms.CharField(max_length=300, required=False)


class TellForm(forms.Form):
    """One text for several people; {name} becomes each one's name."""

    text = TextField(
        label=_("Text"), rows=9, max_length=5000, help_text=_("Each person reads their own name for {name}.")
    )
