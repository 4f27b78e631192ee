"""Who may do what to a viewing: the table of roles, narrowed to the row. Each answer is a list of sentences."""

from django.utils.translation import gettext as _

from apps.customers.models import Customer


def why_not_book(listing, agent, by) -> list[str]:
    """Why this person may not book a viewing of this listing with that agent."""
    if not by.has_perm("viewings.add_viewing"):
        return [_("Your role may not book viewings. Ask an agent or a manager.")]
    if agent.pk in (by.pk, listing.list_agent_id) or by.has_perm("viewings.change_any_viewing"):
        return []
    return [_("You can book for yourself or for the listing's agent. Ask a manager to book for somebody else.")]


def why_not_change(viewing, by) -> list[str]:
    """Why this person may not move, confirm or call off this viewing."""
    if not by.has_perm("viewings.change_viewing"):
        return [_("Your role may not change viewings. Ask an agent or a manager.")]
    concerned = (viewing.agent_id, viewing.created_by_id, viewing.listing.list_agent_id)
    if by.pk in concerned or by.has_perm("viewings.change_any_viewing"):
        return []
    return [
        _("This is %(agent)s's viewing. Ask %(agent)s or a manager to change it.") % {"agent": viewing.agent.short_name}
    ]


def why_not_meet(customers, by) -> list[str]:
    """Why this person may not book for these customers: some may not be known to them."""
    asked = {customer.pk for customer in customers}
    known = set(Customer.objects.visible_to(by).filter(pk__in=asked).values_list("pk", flat=True))
    return [] if asked == known else [_("This customer is a colleague's. Ask them or a manager to book.")]
