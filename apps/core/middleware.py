"""Around every request: its id and log line, safe headers, who is at work, and refusals turned into answers."""

import time

import pghistory
import structlog
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from apps.core.refusals import Conflict, NotAllowed, Refused
from apps.core.tracing import current_request_id, new_request_id, note_person, traced

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)
log = structlog.get_logger("apps.requests")


class TraceMiddleware:
    """Gives each request an id (`request.id`, header X-Request-ID) and writes one line when it was answered."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = new_request_id()
        started = time.perf_counter()
        with traced(request.id):
            response = self.get_response(request)
            response["X-Request-ID"] = request.id
            _write_line(request, response, time.perf_counter() - started)
        return response


def _write_line(request, response, seconds):
    write = log.warning if response.status_code >= 500 else log.info
    write(
        "request",
        method=request.method,
        route=_route(request),
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        bytes=None if response.streaming else len(response.content),
    )


def _route(request) -> str:
    """The pattern of the address and ids of rows, but no search words, invitation keys or other text of people's."""
    match = request.resolver_match
    if match is None:
        return "unknown"
    ids = {name: value for name, value in match.kwargs.items() if isinstance(value, int)}
    return f"{match.route} {ids}" if ids else match.route


class HeadersMiddleware:
    """What every page says to browsers and caches, beyond Django's own headers; a view that said it itself is kept.

    Pages are for one person, so no cache on the way may keep them, and the browser asks again before it shows one. It
    may keep the page that Back returns to, with all that was typed there, until the person signs out.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "private, no-cache")
        if _signs_out(response):
            response.headers["Clear-Site-Data"] = '"cache"'
        return response


def _signs_out(response) -> bool:
    cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie is not None and not cookie.value


class HistoryMiddleware:
    """Names the person and the page in the field-level history of every row that a request changes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            note_person(request.user)
        if request.method in SAFE_METHODS:
            return self.get_response(request)
        user = request.user.pk if request.user.is_authenticated else None
        with pghistory.context(user=user, url=request.path, request_id=current_request_id()):
            return self.get_response(request)


class RefusalMiddleware:
    """A refusal that no form took: 403 and 409 get their page, the rest a message on the page they came from."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        if isinstance(exception, NotAllowed | Conflict):
            template = f"errors/{exception.status}.html"
            return render(request, template, {"sentences": exception.sentences}, status=exception.status)
        if request.headers.get("HX-Request"):
            return render(request, "errors/refused.html", {"sentences": exception.sentences}, status=422)
        if request.method in SAFE_METHODS:
            return HttpResponse("\n".join(exception.sentences), status=422, content_type="text/plain; charset=utf-8")
        for sentence in exception.sentences:
            messages.error(request, sentence)
        return HttpResponseRedirect(_came_from(request))


def _came_from(request) -> str:
    referer = request.headers.get("Referer", "")
    allowed = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    return referer if allowed else "/"
