"""Who may do what about one customer's search. Each answer is a list of sentences."""

from django.utils.translation import gettext as _

from apps.customers.policy import why_not_write_to, why_role_may_not_write


def why_not_change_requirement(customer, by) -> list[str]:
    """Why this person may not write down what the customer looks for: whoever sees the customer may."""
    if not by.has_perm("matching.change_requirement"):
        return [_("Your role may not change what customers look for. Ask the customer's agent or a manager.")]
    return why_not_write_to(customer, by)


def why_not_send(customer, by) -> list[str]:
    """Why this person may not tell the customer about listings. Consent is another question."""
    return why_role_may_not_send(by) or why_not_write_to(customer, by)


def why_role_may_not_send(by) -> list[str]:
    """Why this person may not tell any customer whom they see about listings."""
    if not by.has_perm("matching.send_listing"):
        return [_("Your role may not send listings to customers. Ask the customer's agent or a manager.")]
    return why_role_may_not_write(by)
