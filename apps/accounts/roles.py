"""Who may do what: one table, read by views, actions, templates and Django admin through `user.has_perm(...)`."""

from django.db import models


class Role(models.TextChoices):
    """What a member of staff is hired to do. `SYSTEM` is the row that jobs and imports act as."""

    AGENT = "agent", "Agent"
    MANAGER = "manager", "Manager"
    MARKETING = "marketing", "Marketing"
    ADMINISTRATOR = "administrator", "Administrator"
    VIEWER = "viewer", "Viewer"
    SYSTEM = "system", "System"


A, M, K, V, ADMIN = Role.AGENT, Role.MANAGER, Role.MARKETING, Role.VIEWER, Role.ADMINISTRATOR

# Permission → roles. Administrators hold every permission and need not be named; the system user acts for people
# and is refused nothing. "any" permissions lift the restriction to one's own rows.
GRANTS: dict[str, set[str]] = {
    "listings.view_listing": {A, M, K, V},
    "listings.add_listing": {A, M},
    "listings.change_listing": {A, M},
    "listings.change_any_listing": {M},
    "listings.edit_listing_text": {A, M, K},
    "listings.manage_photos": {A, M, K},
    "listings.assign_listing": {M},
    "listings.export_listing": {M},
    "listings.add_note": {A, M, K},
    "listings.view_private_remarks": {A, M, K},
    "listings.view_commission": {A, M},
    "listings.view_any_owner": {M},
    "customers.view_customer": {A, M},
    "customers.view_any_customer": {M},
    "customers.add_customer": {A, M},
    "customers.change_customer": {A, M},
    "customers.change_any_customer": {M},
    "customers.assign_customer": {M},
    "customers.export_customer": {M},
    "customers.merge_customer": {A, M},
    "customers.merge_any_customer": {M},
    "customers.erase_customer": set(),
    "matching.view_requirement": {A, M},
    "matching.change_requirement": {A, M},
    "matching.send_listing": {A, M},
    "viewings.view_viewing": {A, M},
    "viewings.add_viewing": {A, M},
    "viewings.change_viewing": {A, M},
    "viewings.change_any_viewing": {M},
    "website.view_site": {A, M, K},
    "website.publish_listing": {A, M, K},
    "website.publish_any_listing": {M, K},
    "website.retry_placement": {M, K},
    "website.view_enquiry": {A, M},
    "website.view_any_enquiry": {M},
    "website.answer_enquiry": {A, M},
    "website.export_enquiry": {M},
    "website.adopt_posts": {M},
    "website.manage_sites": set(),
    "imports.view_importrun": {M},
    "imports.run_import": set(),
    "accounts.manage_people": set(),
    "accounts.change_team_view": {M},
    "accounts.change_agency": set(),
    "accounts.switch_flags": set(),
    "core.view_audit": {M},
    "insights.view_usage": {M},
}


def role_grants(role: str, permission: str) -> bool:
    """Whether a role holds a permission, by the table above."""
    if role in (Role.ADMINISTRATOR, Role.SYSTEM):
        return True
    return role in GRANTS.get(permission, ())
