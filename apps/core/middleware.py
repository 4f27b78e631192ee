"""Middleware that turns refusals into answers and tells the history triggers who is at work."""

import pghistory
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from apps.core.refusals import Conflict, NotAllowed, Refused
from apps.core.tracing import current_request_id

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}


class HistoryMiddleware:
    """Names the person and the page in the field-level history of every row that a request changes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
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
