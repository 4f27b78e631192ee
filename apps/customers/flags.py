"""The customers' screens are launched dark: `is_on(flags.CUSTOMERS, request)`, `@behind_flag(flags.CUSTOMERS)`."""

from datetime import date

from apps.core.flags import declare

CUSTOMERS = declare(
    "customers",
    meaning="Customers with their list, pages and tasks, and the page for phone calls.",
    owner="Customers",
    remove_by=date(2027, 5, 31),
)
