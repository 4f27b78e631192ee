"""Counts each screen that a person opens."""

from django.utils import timezone

from apps.insights.counting import USAGE, Screen


class UsageMiddleware:
    """Counts whole pages that were shown to somebody who is signed in, by view, role, device and day."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if _is_screen(request, response):
            USAGE.seen(screen_of(request, request.resolver_match.view_name), request.user.pk)
        return response


def screen_of(request, view: str) -> Screen:
    """The view, the person's role, their device and the day in the agency's time zone."""
    return Screen(timezone.localdate(), view[:100], request.user.role, _device(request))


def _is_screen(request, response) -> bool:
    is_whole_page = not request.htmx or request.htmx.boosted or request.htmx.history_restore_request
    return (
        request.method == "GET"
        and response.status_code == 200
        and is_whole_page
        and request.resolver_match is not None
        and request.user.is_authenticated
        and response.headers.get("Content-Type", "").startswith("text/html")
    )


def _device(request) -> str:
    return "phone" if "Mobi" in request.headers.get("User-Agent", "") else "desktop"
