"""Choosing who is responsible."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User


class AgentForm(forms.Form):
    """Who is responsible for one row."""

    agent = forms.ModelChoiceField(label=_("Agent"), queryset=User.objects.none(), empty_label=None)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["agent"].queryset = User.objects.agents()


class AgentOfManyForm(AgentForm):
    """Who is responsible for all of the `rows`, which every bulk form is given."""

    agent = forms.ModelChoiceField(label=_("Agent"), queryset=User.objects.none(), empty_label=_("Choose an agent"))

    def __init__(self, *args, rows, **options):
        super().__init__(*args, **options)
