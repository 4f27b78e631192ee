"""Tags for forms that change something."""

import uuid

from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def submission_key():
    """A hidden field with the form's own key, a fresh one each time it is written.

    A refused form needs no other rule: its key was undone with all else. And an answer that holds forms again (the
    next note, an Undo) must not hand out the key that it answers to, or what they send would count as sent already.
    """
    return format_html('<input type="hidden" name="submission_key" value="{}">', uuid.uuid4())
