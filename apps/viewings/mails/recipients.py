"""To which address a mail goes, and why none may."""

from django.utils.translation import gettext as _


def address_of(customer) -> str:
    """The customer's first e-mail address; empty where none is known."""
    first = customer.emails.order_by("position", "pk").first()
    return first.address if first else ""


def why_not_mail(customer) -> list[str]:
    """Why no mail may go to this customer: do-not-contact, no consent, no address."""
    why_not = customer.may_be_contacted("email")
    if why_not:
        return why_not
    return [] if address_of(customer) else [_("No e-mail address is known.")]
