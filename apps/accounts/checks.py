"""Flags that outstayed the day by which they should be gone."""

from datetime import date

from django.core.checks import Warning, register

from apps.core import flags


def overdue_flags(today: date) -> list[Warning]:
    """One warning for each flag whose remove-by date is before `today`."""
    return [
        Warning(
            f"The flag {flag.name} should have been removed by {flag.remove_by:%d %b %Y}.",
            hint=f"{flag.owner}: keep the feature or drop it, and remove the flag. It means: {flag.meaning}",
            id="accounts.W001",
        )
        for flag in flags.overdue(today)
    ]


@register()
def check_flags(app_configs, **kwargs):
    """Run by `manage.py check`."""
    return overdue_flags(date.today())
