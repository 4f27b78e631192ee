"""A note for colleagues."""

from django import forms

from apps.core.form_fields import TextField


class NoteForm(forms.Form):
    """What a colleague should know."""

    body = TextField(label="Note", rows=2, max_length=5000)
