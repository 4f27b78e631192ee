"""The agency, its teams, its staff, invitations to join them, and which flags are on for whom."""

from apps.accounts.models.agency import Agency, CustomerVisibility, Weekday, default_weekend, validate_time_zone
from apps.accounts.models.flag import Flag, FlagState
from apps.accounts.models.invitation import Invitation
from apps.accounts.models.mail import OutgoingMail
from apps.accounts.models.person import SYSTEM_EMAIL, Team, User
from apps.accounts.models.saved_view import SavedView

__all__ = [
    "SYSTEM_EMAIL",
    "Agency",
    "CustomerVisibility",
    "Flag",
    "FlagState",
    "Invitation",
    "OutgoingMail",
    "SavedView",
    "Team",
    "User",
    "Weekday",
    "default_weekend",
    "validate_time_zone",
]
