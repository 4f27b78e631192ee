"""Booking and moving a viewing: when, with whom, by which key, and who is told."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.core.form_fields import DayField, TextField, moment_of
from apps.customers.finding import find_customers
from apps.customers.models import Customer
from apps.listings.models import Listing
from apps.viewings.lookups import MailTo
from apps.viewings.models.viewing import LONGEST, SHORTEST, USUAL

LENGTHS = [(15, _("15 minutes")), (30, _("30 minutes")), (45, _("45 minutes")), (60, _("1 hour")), (90, _("1½ hours"))]
TOLD = [(MailTo.CUSTOMER, _("Customer")), (MailTo.OWNER, _("Owner")), (MailTo.AGENT, _("Agent"))]


class TellField(forms.MultipleChoiceField):
    """Who gets a mail; nobody is a choice too."""

    def __init__(self):
        super().__init__(label=_("Mail this to"), choices=TOLD, required=False, widget=forms.CheckboxSelectMultiple)


class WhenForm(forms.Form):
    """A day, one of its free slots or another time, how long, and by whom."""

    day = DayField(label=_("Day"))
    slot = forms.CharField(label=_("Time"), required=False)
    time = forms.TimeField(
        label=_("Another time"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    minutes = forms.TypedChoiceField(label=_("Length"), coerce=int, choices=LENGTHS)
    agent = forms.ModelChoiceField(label=_("Agent"), queryset=User.objects.none(), empty_label=None)
    key_name = forms.CharField(label=_("Key"), max_length=80, required=False)
    access_notes = TextField(label=_("Where to meet"), rows=2, max_length=500, required=False)
    tell = TellField()

    def __init__(self, *args, agents, **options):
        super().__init__(*args, **options)
        self.nearest: list[datetime] = []
        self.fields["agent"].queryset = agents
        length = self.initial.get("minutes", USUAL)
        if length not in dict(LENGTHS) and SHORTEST <= length <= LONGEST:
            self.fields["minutes"].choices = [*LENGTHS, (length, _("%(count)s minutes") % {"count": length})]

    def clean(self):
        data = super().clean()
        moments = self._moments(data)
        if not moments and "time" not in self.errors:
            self.add_error("slot", _("Choose a time."))
        elif len(moments) > 1:
            self.add_error("slot", _("Two times are given. Choose one of them."))
            self.offer(moments)
        data["starts_at"] = moments[0] if len(moments) == 1 else None
        return data

    def _moments(self, data) -> list[datetime]:
        """When it is to be: the free slot or the other time, whichever was chosen here; both where both were."""
        day, time, slot = data.get("day"), data.get("time"), data.get("slot")
        typed = timezone.make_aware(datetime.combine(day, time)) if day and time else None
        clicked = moment_of(slot) if slot else None
        if typed and clicked and typed != clicked:
            if "slot" not in self.changed_data:
                return [typed]
            return [clicked, typed] if "time" in self.changed_data else [clicked]
        moment = typed or clicked
        return [moment] if moment else []

    def offer(self, moments) -> None:
        """Show these times to choose from, and no longer the time that was typed: it would stand against them."""
        self.nearest = list(moments)
        self.data = self.data.copy()
        self.data["time"] = ""


class BookForm(WhenForm):
    """The whole booking. Listing and customer are chosen by their references, or found by what was typed."""

    listing = forms.CharField(required=False, widget=forms.HiddenInput)
    listing_text = forms.CharField(label=_("Listing"), required=False)
    customer = forms.CharField(required=False, widget=forms.HiddenInput)
    customer_text = forms.CharField(label=_("Customer"), required=False)
    second = forms.CharField(required=False, widget=forms.HiddenInput)
    second_text = forms.CharField(label=_("And"), required=False)

    def __init__(self, *args, by, **options):
        super().__init__(*args, **options)
        self.by = by

    def clean(self):
        data = super().clean()
        data["listing_row"] = self.find_listing()
        data["customers"] = [row for row in (self.find_customer("customer"), self.find_customer("second")) if row]
        if data["listing_row"] is None and "listing_text" not in self.errors:
            self.add_error("listing_text", _("Choose the listing."))
        if not data["customers"] and "customer_text" not in self.errors:
            self.add_error("customer_text", _("Choose whom you show it to."))
        return data

    def value_of(self, name: str) -> str:
        """What stands in a field now, whether it was sent or only opened."""
        return str(self[name].value() or "").replace("\x00", "").strip()

    def find_listing(self) -> Listing | None:
        """The listing that was chosen, or whose reference was typed."""
        reference = self.value_of("listing") or self.value_of("listing_text")
        rows = Listing.objects.visible_to(self.by).select_related("unit__place", "list_agent").defer("search_vector")
        return rows.filter(listing_id__iexact=reference).first() if reference else None

    def find_customer(self, name: str) -> Customer | None:
        """The customer that was chosen, or the only one that the typed text can mean."""
        reference, text = self.value_of(name), self.value_of(f"{name}_text")
        if reference:
            return Customer.objects.visible_to(self.by).filter(reference=reference).first()
        hits = find_customers(text, self.by, limit=2) if text else []
        if len(hits) == 1:
            return hits[0].customer
        if text and self.is_bound:
            sentence = _("Several customers are called that. Choose one.") if hits else _("Nobody here is called that.")
            self.add_error(f"{name}_text", sentence)
        return None


class CallOffForm(forms.Form):
    """Why a viewing does not happen, who said so, and who is told."""

    who = forms.ChoiceField(
        label=_("Who called it off"),
        choices=[("cancel", _("We or the customer")), ("deny", _("Owner or tenant"))],
        widget=forms.RadioSelect,
    )
    reason = TextField(label=_("Reason"), rows=2, max_length=300, required=False)
    tell = TellField()
    version = forms.IntegerField(widget=forms.HiddenInput)
