"""What customers look for and what fits, launched dark: `is_on(flags.MATCHING, request)`."""

from datetime import date

from apps.core.flags import declare

MATCHING = declare(
    "matching",
    meaning="What customers look for, which listings fit, and what was sent to whom.",
    owner="Matching",
    remove_by=date(2027, 5, 31),
)
