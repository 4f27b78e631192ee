"""Where pages tell, on being left, how long the first change took and whether a form was not sent."""

from decimal import Decimal, InvalidOperation
from functools import cache

from django.http import HttpResponse, HttpResponseBadRequest
from django.urls import URLPattern, get_resolver
from django.views.decorators.http import require_POST

from apps.insights.counting import USAGE
from apps.insights.middleware import screen_of


@require_POST
def beacon(request):
    """Count one visit that changed something; a view that does not exist is refused."""
    view = request.POST.get("view", "")
    if view not in view_names():
        return HttpResponseBadRequest("There is no such view.", content_type="text/plain")
    abandoned = request.POST.get("abandoned") == "1"
    USAGE.left(screen_of(request, view), seconds=_seconds(request), abandoned=abandoned)
    return HttpResponse(status=204)


def _seconds(request) -> Decimal | None:
    try:
        seconds = Decimal(request.POST.get("seconds", ""))
    except InvalidOperation:
        return None
    return seconds if seconds.is_finite() else None


@cache
def view_names() -> frozenset[str]:
    """Every name that `resolver_match.view_name` can have."""
    return frozenset(_names(get_resolver(), ()))


def _names(resolver, namespaces):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join([*namespaces, pattern.name or ""])
        else:
            yield from _names(pattern, (*namespaces, pattern.namespace) if pattern.namespace else namespaces)
