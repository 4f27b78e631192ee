"""The website is launched dark: `is_on(flags.WEBSITE, request)`, `@behind_flag(flags.WEBSITE)`."""

from datetime import date

from apps.core.flags import declare

WEBSITE = declare(
    "website",
    meaning="Websites: which listings are on which WordPress site, their state, enquiries and numbers.",
    owner="Website",
    remove_by=date(2027, 5, 31),
)
