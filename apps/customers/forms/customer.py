"""A customer as people enter and edit one: who it is, how to reach them, what they agreed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.core.edit_forms import OpenedForm
from apps.core.form_fields import DayField, TextField
from apps.customers.actions.customer import why_nobody
from apps.customers.actions.editing import CONSENTS, current_value
from apps.customers.forms.rows import EmailsField, PhonesField, RowsField
from apps.customers.lookups import CustomerKind, CustomerRole, Payment, Source

AGREES = [("", _("Not asked")), ("yes", _("Agrees")), ("no", _("Does not want it"))]
SAID_ONCE = ("consent_source", "do_not_contact_reason")  # reasons of a change, kept with it


class CustomerForm(forms.Form):
    """Every field of a customer. Names are those of the model, so that cleaned data are changes for the actions."""

    all_optional = True

    kind = forms.ChoiceField(
        label=_("Kind"), choices=CustomerKind.choices, initial=CustomerKind.PERSON, widget=forms.RadioSelect
    )
    full_name = forms.CharField(label=_("Name"), max_length=160, required=False)
    company_name = forms.CharField(label=_("Company"), max_length=160, required=False)
    phones = PhonesField(label=_("Phone"), required=False)
    emails = EmailsField(label=_("E-mail"), required=False)
    roles = forms.MultipleChoiceField(
        label=_("Is a"), choices=CustomerRole.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    agent = forms.ModelChoiceField(label=_("Agent"), queryset=User.objects.none(), required=False)
    language = forms.CharField(label=_("Language"), max_length=40, required=False)
    nationality = forms.CharField(label=_("Nationality"), max_length=60, required=False)
    source = forms.ChoiceField(label=_("Came by"), choices=Source.choices, initial=Source.PHONE)
    campaign = forms.CharField(label=_("Campaign"), max_length=120, required=False)
    payment = forms.ChoiceField(label=_("Pays by"), choices=Payment.choices, initial=Payment.UNKNOWN)
    moving_on = DayField(label=_("Moves on"), required=False)
    summary = TextField(label=_("In a line"), rows=2, max_length=2000, required=False)
    consent_email = forms.ChoiceField(label=_("E-mail"), choices=AGREES, required=False)
    consent_whatsapp = forms.ChoiceField(label=_("WhatsApp"), choices=AGREES, required=False)
    consent_sms = forms.ChoiceField(label=_("SMS"), choices=AGREES, required=False)
    consent_phone = forms.ChoiceField(label=_("Phone"), choices=AGREES, required=False)
    consent_source = forms.CharField(
        label=_("How we know"), max_length=120, required=False, help_text=_("Such as “said so on the phone”.")
    )
    do_not_contact = forms.BooleanField(label=_("Do not contact"), required=False)
    do_not_contact_reason = forms.CharField(label=_("Why not"), max_length=300, required=False)

    def __init__(self, *args, by, **options):
        super().__init__(*args, **options)
        self.by = by
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")
        self.fields["agent"].queryset = User.objects.agents()
        self.fields["agent"].empty_label = _("Nobody yet")
        if not by.has_perm("customers.assign_customer"):
            del self.fields["agent"]

    def clean(self):
        data = super().clean()
        if not ({"phones", "emails"} & set(self.errors)):
            for sentence in why_nobody(data):
                self.add_error("company_name" if data.get("kind") == CustomerKind.COMPANY else "full_name", sentence)
        return data

    def phone_lines(self):
        """The lines of the phone numbers as the form shows them."""
        return self.fields["phones"].shown(self["phones"].value())

    def email_lines(self):
        """The lines of the e-mail addresses as the form shows them."""
        return self.fields["emails"].shown(self["emails"].value())


class EditForm(OpenedForm, CustomerForm):
    """A customer's fields with what they were when the form was opened."""

    salt = "customers.edit"

    def __init__(self, *args, customer, by, **options):
        names = [name for name in CustomerForm.base_fields if name not in SAID_ONCE]
        values = {name: current_value(customer, name) for name in names}
        super().__init__(*args, by=by, initial=values, **options)
        self.fields["phones"].kept = frozenset(line.text for line in values["phones"])
        for name in CONSENTS:
            if values[name]:  # who was asked once stays so
                self.fields[name].choices = AGREES[1:]
        if customer.agent and "agent" in self.fields:
            self.fields["agent"].empty_label = None
            self.fields["agent"].required = True
        self.open_with(customer, {name: value for name, value in values.items() if name in self.fields})

    def readable(self, name, value):
        field = self.fields[name]
        if isinstance(field, RowsField):
            return field.readable(value)
        if name == "agent" and isinstance(value, str) and value.isdecimal():
            value = User.objects.filter(pk=value).first()
        return str(value or "") if name == "agent" else super().readable(name, value)
