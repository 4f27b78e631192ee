"""Who may do what to one customer: the table of roles, narrowed to the row. Each answer is a list of sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

OTHERS_CUSTOMER = gettext_lazy("This is %(agent)s's customer. Ask %(agent)s or a manager to change it.")


def why_not_change(customer, by) -> list[str]:
    """Why this person may not change this customer, its contacts, consents and stage."""
    if not by.has_perm("customers.change_customer"):
        return [_("Your role may not change customers. Ask the customer's agent or a manager.")]
    if customer.merged_into_id is not None:
        return [_("%(customer)s was merged into another customer. Open that one.") % {"customer": customer.reference}]
    if customer.erased_at is not None:
        return [_("%(customer)s was erased and stays as it is.") % {"customer": customer.reference}]
    if by.has_perm("customers.change_any_customer") or customer.agent_id == by.pk:
        return []
    if customer.agent_id is None:
        return [
            _("Nobody looks after %(customer)s yet. Take the customer first, or ask a manager.")
            % {"customer": customer.label}
        ]
    return [OTHERS_CUSTOMER % {"agent": customer.agent.short_name}]


def why_not_write_to(customer, by) -> list[str]:
    """Why this person may not note something on this customer or plan a next step: whoever sees it may."""
    if sentences := why_role_may_not_write(by):
        return sentences
    if customer.is_here and type(customer).objects.visible_to(by).filter(pk=customer.pk).exists():
        return []
    return [_("You may not see this customer. Ask a manager.")]


def why_role_may_not_write(by) -> list[str]:
    """Why this person may not write to any customer whom they see."""
    return [] if by.has_perm("customers.change_customer") else [_("Your role may not write to customers.")]


def may_see_contacts(customer, by) -> bool:
    """Whether names, phones and e-mails of this customer are shown to this person (one query)."""
    return type(customer).objects.visible_to(by).filter(pk=customer.pk).exists()
