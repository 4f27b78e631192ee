"""What every page knows: the agency, the menu, the person's theme and direction."""

from django.utils.translation import get_language_bidi

from apps.core.navigation import menu_for


def site(request) -> dict:
    """Context for base.html. Costs no query beyond the request's own user and agency."""
    return {
        "agency": getattr(request, "agency", None),
        "navigation": menu_for(request),
        "text_direction": "rtl" if get_language_bidi() else "ltr",
        "theme": getattr(request.user, "theme", "") if hasattr(request, "user") else "",
    }
