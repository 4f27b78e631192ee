"""Viewings are launched dark: `is_on(flags.VIEWINGS, request)`, `@behind_flag(flags.VIEWINGS)`."""

from datetime import date

from apps.core.flags import declare

VIEWINGS = declare(
    "viewings",
    meaning="Viewings: calendar, booking, feedback, the owner's report, the agent's calendar feed.",
    owner="Viewings",
    remove_by=date(2027, 5, 31),
)
