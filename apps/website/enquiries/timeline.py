"""How what happens to an enquiry reads on the customer's timeline."""

from django.utils.translation import gettext_lazy as _

from apps.customers.timeline import Line

ASKED = _("Asked about {listing} on {site}")
LATE = _("{=minutes} minutes without an answer: the enquiry about {listing} went to the team")
FOR_CUSTOMERS = {
    "enquiry.received": Line(ASKED, "inbox", "blue", kind="messages", box="text", who=False),
    "enquiry.answered": Line(_("answered the enquiry about {listing}"), "check", "green", kind="messages"),
    "enquiry.set_aside": Line(_("said of the enquiry about {listing}: {why}"), "x", kind="messages"),
    "enquiry.put_back": Line(
        _("put the enquiry about {listing} back among those to answer"), "arrow-back", kind="messages"
    ),
    "enquiry.passed_on": Line(LATE, "clock", "amber", who=False),
}
