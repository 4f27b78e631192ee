"""The switch of a flag as a form."""

from django import forms

from apps.accounts.models import FlagState, Team, User


class FlagForm(forms.Form):
    """The four positions, and what two of them need."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.TypedChoiceField(
        choices=FlagState.choices, coerce=FlagState, widget=forms.RadioSelect, label="On for"
    )
    percent = forms.DecimalField(
        required=False,
        max_digits=3,
        decimal_places=1,
        min_value=0,
        label="Share",
        help_text="The same people every day",
    )
    people = forms.ModelMultipleChoiceField(
        User.objects.staff().order_by("full_name"), required=False, widget=forms.CheckboxSelectMultiple
    )
    teams = forms.ModelMultipleChoiceField(
        Team.objects.order_by("name"), required=False, widget=forms.CheckboxSelectMultiple
    )
