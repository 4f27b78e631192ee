"""The name of a saved view, and who sees it."""

from django import forms


class SavedViewForm(forms.Form):
    """`by` may share it only with a team of one's own; `version` goes along when a view is edited."""

    name = forms.CharField(label="Name", max_length=60)
    for_team = forms.BooleanField(label="Show it to my team", required=False)
    pinned = forms.BooleanField(label="Pin it to my sidebar", required=False)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput, required=False)

    def __init__(self, *args, has_team: bool, is_new: bool, **options):
        super().__init__(*args, **options)
        if not has_team:
            del self.fields["for_team"]
        if not is_new:
            del self.fields["pinned"]
