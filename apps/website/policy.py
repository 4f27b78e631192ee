"""Who may publish what: the table of roles, narrowed to the listing. Each answer is a list of sentences."""

from django.utils.translation import gettext as _


def why_not_touch(listing, by) -> list[str]:
    """Why this person may not put this listing on websites or take it off."""
    if not by.has_perm("website.publish_listing"):
        return [_("Your role may not publish listings. Ask the listing's agent or a manager.")]
    if by.has_perm("website.publish_any_listing") or by.pk in (listing.list_agent_id, listing.created_by_id):
        return []
    agent = listing.list_agent.short_name if listing.list_agent else _("a manager")
    return [_("This is a colleague's listing. Ask %(agent)s or a manager to publish it.") % {"agent": agent}]
