"""Tags for forms that change something."""

import uuid

from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag(takes_context=True)
def submission_key(context):
    """A hidden field with the form's own key; a form shown again after an error keeps the key it was sent with."""
    request = context.get("request")
    key = (request.POST.get("submission_key") if request else "") or uuid.uuid4()
    return format_html('<input type="hidden" name="submission_key" value="{}">', key)
