"""Planning a tour: for whom, when it begins, how long at each stop, with whom."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.core.form_fields import DayField
from apps.viewings.forms.booking import LENGTHS, TellField


class TourForm(forms.Form):
    """What all stops have in common. The stops themselves are references in the address, in their order."""

    day = DayField(label=_("Day"))
    time = forms.TimeField(label=_("First viewing at"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    minutes = forms.TypedChoiceField(label=_("At each stop"), coerce=int, choices=LENGTHS)
    agent = forms.ModelChoiceField(label=_("Agent"), queryset=User.objects.none(), empty_label=None)
    tell = TellField()

    def __init__(self, *args, agents, **options):
        super().__init__(*args, **options)
        self.fields["agent"].queryset = agents
