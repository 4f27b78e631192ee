"""Who may do what to one listing: the table of roles, narrowed to the row. Each answer is a list of sentences."""

from django.utils.translation import gettext as _


def why_not_change(listing, by) -> list[str]:
    """Why this person may not change facts, price, status, mandate or permit of this listing."""
    if not by.has_perm("listings.change_listing"):
        return [_("Your role may not change listings. Ask the listing's agent or a manager.")]
    if by.has_perm("listings.change_any_listing") or listing.list_agent_id == by.pk:
        return []
    if listing.list_agent_id is None and listing.created_by_id == by.pk:
        return []
    agent = listing.list_agent.short_name if listing.list_agent else _("a manager")
    return [_("This is %(agent)s's listing. Ask %(agent)s or a manager to change it.") % {"agent": agent}]


def why_not_edit_text(listing, by) -> list[str]:
    """Why this person may not change the texts that customers read; marketing may on every listing."""
    if by.has_perm("listings.edit_listing_text") and not by.has_perm("listings.change_listing"):
        return []
    return why_not_change(listing, by)


def why_not_manage_photos(listing, by) -> list[str]:
    """Why this person may not add, order or remove photos; marketing may on every listing."""
    if by.has_perm("listings.manage_photos") and not by.has_perm("listings.change_listing"):
        return []
    return why_not_change(listing, by)


def may_see_owner(listing, by) -> bool:
    """Whether the owner's name and contacts are shown to this person."""
    return by.has_perm("listings.view_any_owner") or (
        by.has_perm("listings.change_listing") and listing.list_agent_id == by.pk
    )


def may_open_owner(listing, by) -> bool:
    """Whether the owner's own page is offered to this person: to who looks after the owner, and to managers."""
    owner = listing.unit.owner
    if owner is None or not owner.is_here or not by.has_perm("customers.view_customer"):
        return False
    return owner.agent_id == by.pk or by.has_perm("customers.view_any_customer")


def may_see_commission(listing, by) -> bool:
    """Whether the commission of this listing is shown: to its agent and to managers."""
    return by.has_perm("listings.view_commission") and (
        by.has_perm("listings.change_any_listing") or listing.list_agent_id == by.pk
    )
