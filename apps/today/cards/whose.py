"""Whose work Today shows: one's own; for those who answer for others, that of their team, or of all without a team."""

from django.db.models import Q

ANY_LISTING, ANY_VIEWING = "listings.change_any_listing", "viewings.change_any_viewing"


def of(user, column: str, permission: str) -> Q:
    """Rows whose `column` is this person, or somebody they answer for."""
    if not user.has_perm(permission):
        return Q(**{column: user.pk})
    return Q(**{f"{column}__team": user.team_id}) if user.team_id else Q()
