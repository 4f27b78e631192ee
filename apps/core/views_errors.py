"""Answers to what went wrong. Each says what happened, what to do, and the number to tell an administrator."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template import loader


def not_allowed(request, exception=None):
    """403: the person may know that it exists, but not do this."""
    sentences = [str(exception)] if exception and str(exception) else []
    return render(request, "errors/403.html", {"sentences": sentences}, status=403)


def not_found(request, exception=None):
    """404: nothing there, or nothing that this person may know of."""
    return render(request, "errors/404.html", status=404)


def broken(request):
    """500: rendered without a request context, because that may be what broke."""
    return HttpResponseServerError(loader.render_to_string("errors/500.html", {"request_id": request.id}))


def bad_request(request, exception=None):
    """400: what was sent cannot be read."""
    return render(request, "errors/400.html", status=400)


def csrf_failed(request, reason=""):
    """403: the form's token did not fit."""
    return render(request, "errors/403_csrf.html", status=403)
