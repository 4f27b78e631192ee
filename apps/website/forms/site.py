"""A website, and a profile, as forms."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.listings.filters import VIEWS
from apps.website.models import Profile, Site
from apps.website.payload import what_is_sent
from apps.website.profiles.spec import FORMAT, read_spec

# Views of the list that are about whoever looks, or about listings that no site shows.
NO_SITES = ("mine", "unready", "drafts")
BY_HAND, FOLLOWS = "hand", "follow:"


class SiteForm(forms.ModelForm):
    """Everything about a site. The application password goes in and never comes out."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    password = forms.CharField(
        label=_("Application password"),
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("WordPress makes one under Users, Profile, Application passwords."),
    )
    belongs = forms.ChoiceField(label=_("What belongs there"))

    class Meta:
        model = Site
        fields = (
            "name", "initials", "url", "username", "profile", "text_limit", "photo_limit", "language", "is_active"
        )  # fmt: skip
        labels = {
            "name": _("Name"),
            "initials": _("Initials"),
            "url": _("Address"),
            "username": _("WordPress user"),
            "profile": _("Kind of site"),
            "text_limit": _("Longest description"),
            "photo_limit": _("Most photos"),
            "language": _("Language"),
            "is_active": _("Follows the CRM"),
        }
        help_texts = {
            "initials": _("Up to 4 letters or digits: the mark in lists."),
            "username": _("The WordPress user that publishes for the CRM."),
            "text_limit": _("In characters. Empty: as long as it is."),
            "photo_limit": _("The first ones are sent."),
            "is_active": _(
                "Switched off, nothing is sent to the site and nothing is asked of it; what is there stays."
            ),
        }

    def __init__(self, *args, views=(), **kwargs):
        super().__init__(*args, **kwargs)
        site = self.instance
        self.initial["version"] = site.version
        self.initial["belongs"] = f"{FOLLOWS}{site.filter}" if site.follows_filter else BY_HAND
        self.fields["belongs"].choices = _choices(views, site)
        self.fields["profile"].empty_label = None
        self.fields["profile"].help_text = " ".join(_kinds_left_out())
        if site.pk:
            self.fields["password"].required = False
            self.fields["password"].help_text = _("One is kept. Enter another only to replace it.")

    def values(self) -> dict:
        """Fields of the site."""
        chosen = self.cleaned_data["belongs"]
        query = chosen.removeprefix(FOLLOWS) if chosen != BY_HAND else ""
        return {name: self.cleaned_data[name] for name in self._meta.fields} | {
            "filter": query,
            "follows_filter": chosen != BY_HAND,
        }

    def validate_unique(self):
        """The action refuses what another site has, and says it in a sentence."""


def _kinds_left_out() -> list[str]:
    """Of each profile that sends sales or rentals alone a sentence."""
    said = [what_is_sent(read_spec(profile.spec), profile) for profile in Profile.objects.all()]
    return [sentence for sentence in said if sentence]


def _choices(views, site) -> list[tuple[str, str]]:
    kept = [
        (f"{FOLLOWS}{view.querystring}", f"{_('Follows the view')}: {view.label}")
        for view in VIEWS
        if view.key not in NO_SITES
    ]
    kept += [(f"{FOLLOWS}{view.query}", f"{_('Follows the view')}: {view.name}") for view in views]
    choices = [(BY_HAND, _("What somebody publishes by hand")), *kept]
    current = f"{FOLLOWS}{site.filter}"
    if site.follows_filter and current not in dict(choices):
        choices.append((current, f"{_('Follows')}: {site.filter}"))
    return choices


class SpecField(forms.JSONField):
    """JSON that people read: in lines, the words of the format in their order."""

    def prepare_value(self, value):
        """Text for the box; what cannot be read stays as it was typed."""
        if isinstance(value, dict):
            known = {word: value[word] for word in FORMAT if word in value}
            return json.dumps(known | value, ensure_ascii=False, indent=2)
        return super().prepare_value(value)


class ProfileForm(forms.ModelForm):
    """A profile as JSON."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    spec = SpecField(
        label=_("What goes where"),
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "dir": "ltr"}),
        error_messages={"invalid": _("This is no JSON. Look for a missing comma, quote or bracket.")},
    )

    class Meta:
        model = Profile
        fields = ("slug", "name", "spec")
        labels = {"slug": _("Short name"), "name": _("Name")}
        help_texts = {"slug": _("Letters, digits and -: the name on the command line.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        if self.instance.pk:
            del self.fields["slug"]

    def validate_unique(self):
        """The action refuses a name that is taken."""
