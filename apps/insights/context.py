"""What every page knows about counting."""

from django.urls import reverse


def beacon(request) -> dict:
    """Where the page tells that it was left; strangers' pages are not counted."""
    is_signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
    return {"beacon_url": reverse("insights:beacon")} if is_signed_in else {}
