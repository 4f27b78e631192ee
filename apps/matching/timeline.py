"""How what happened to a search reads on the customer's timeline. On the listing's: apps/listings/timeline.py."""

from django.utils.translation import gettext_lazy as _

from apps.customers.timeline import Line, say

LINES = {
    "matching.requirement_added": Line(_("wrote down what they look for"), "search", "green"),
    "matching.requirement_changed": Line(_("changed what they look for"), "search"),
    "matching.requirement_stopped": Line(_("closed a search"), "circle-check"),
    "matching.requirement_resumed": Line(_("opened a search again"), "restore", "blue"),
    "matching.listings_sent": Line(_("sent {names}"), "send", "blue", kind="messages"),
    "matching.interested": Line(_("wrote down that they like {label}"), "heart", "green"),
    "matching.dismissed": Line(
        _("wrote down that {label} is not for them: {=reason}"), "thumb-down", "amber", box="line"
    ),
    "matching.decision_taken_back": Line(_("took back what was said about {label}"), "arrow-back"),
}


def teach() -> None:
    """Tell the customers' timeline."""
    for verb, line in LINES.items():
        say(verb, line)
