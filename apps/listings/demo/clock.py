"""The demo's clock, which all apps share."""

from apps.core.demo_clock import at, days_ago

__all__ = ["at", "days_ago"]
