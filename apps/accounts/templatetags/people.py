"""Tags of the pages about people: what is missing, what a device is called, what somebody did."""

from django import template
from django.utils.translation import gettext as _

from apps.accounts.second_factor import has_app, has_second_factor, must_have_second_factor

register = template.Library()
register.filter(has_app)

# The first that is found in a browser's description of itself names it; each also claims to be those further down.
BROWSERS = [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
]
DID = {
    "person.joined": "joined as {role}",
    "person.changed": "changed {fields}",
    "person.role_changed": "changed the role from {old} to {new}",
    "person.deactivated": "deactivated the account and ended every session",
    "person.reactivated": "reactivated the account",
    "person.sessions_ended": "ended every session",
    "person.second_factor_reset": "reset the second step",
    "admin.changed": "corrected {fields}",
    "person.profile_edited": "edited their own profile: {fields}",
}


@register.simple_tag(takes_context=True)
def second_factor_missing(context) -> bool:
    """Whether the person of this request must set up a second factor before they can go on."""
    request = context["request"]
    return must_have_second_factor(request.user, request.agency) and not has_second_factor(request.user)


@register.filter
def device(user_agent: str) -> str:
    """ "Chrome on Windows", from a browser's description of itself."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown device")


@register.filter
def deed(event) -> str:
    """What an event about a person says after the name of who did it."""
    data = event.data | {"fields": ", ".join(event.data.get("fields", [])).replace("_", " ")}
    return DID.get(event.verb, event.verb).format_map(data)
