"""Forms about colleagues and one's own profile."""

from django import forms

from apps.accounts.actions.person import ROLES_ON_OFFER
from apps.accounts.forms.sign_in import HINT
from apps.accounts.models import Invitation, Team, User

LANGUAGES = [("en", "English"), ("ar", "العربية (Arabic)")]
THEMES = [("device", "As the device"), ("light", "Light"), ("dark", "Dark")]


class InviteForm(forms.ModelForm):
    """Whom to invite, and as what."""

    role = forms.ChoiceField(choices=ROLES_ON_OFFER, initial="agent")
    team = forms.ModelChoiceField(Team.objects.order_by("name"), required=False, empty_label="No team")

    class Meta:
        model = Invitation
        fields = ["full_name", "email", "role", "team", "job_title"]
        labels = {"email": "Work email"}

    def clean(self):
        """No check of uniqueness here: the action makes it, at the moment that it acts, and says whom it is about."""
        return self.cleaned_data


class PersonForm(forms.ModelForm):
    """What an administrator changes about a colleague."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    role = forms.ChoiceField(choices=ROLES_ON_OFFER)
    team = forms.ModelChoiceField(Team.objects.order_by("name"), required=False, empty_label="No team")

    class Meta:
        model = User
        fields = ["full_name", "email", "role", "team", "job_title", "phone"]
        labels = {"email": "Work email"}

    def __init__(self, *args, role_is_fixed=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.fields["role"].disabled = role_is_fixed

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean(self):
        """Uniqueness is left to the action, as in InviteForm."""
        return self.cleaned_data


class ProfileForm(forms.ModelForm):
    """What each person decides for themselves."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    theme = forms.TypedChoiceField(
        choices=THEMES, widget=forms.RadioSelect, coerce=lambda theme: "" if theme == "device" else theme
    )
    language = forms.ChoiceField(choices=LANGUAGES, widget=forms.RadioSelect)

    class Meta:
        model = User
        fields = ["full_name", "phone", "theme", "language", "single_key_shortcuts"]
        labels = {"single_key_shortcuts": "Keyboard shortcuts of a single key"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {"version": self.instance.version, "theme": self.instance.theme or "device"}


class JoinForm(forms.Form):
    """What somebody new tells us: how they spell their name, and a password."""

    full_name = forms.CharField(max_length=120, label="Your name", widget=forms.TextInput({"autocomplete": "name"}))
    password = forms.CharField(
        strip=False, help_text=HINT, widget=forms.PasswordInput({"autocomplete": "new-password"}), max_length=500
    )
