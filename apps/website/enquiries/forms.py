"""The answer to an enquiry, and why one needs none."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.form_fields import TextField
from apps.customers.lookups import IN_WRITING, Channel
from apps.website.models.enquiry import SetAside


class ReplyForm(forms.Form):
    """The text as they read it, and the way it goes."""

    channel = forms.ChoiceField(label=_("By"), choices=[(way, Channel(way).label) for way in IN_WRITING])
    text = TextField(label=_("Text"), rows=11, max_length=5000)


class SetAsideForm(forms.Form):
    """Why nobody needs to answer, and whether that holds for all of the very same words."""

    reason = forms.ChoiceField(choices=SetAside.choices)
    alike = forms.BooleanField(required=False)
