"""What doors share: a form that takes effect once, refusals beside what was typed, and where the browser goes next."""

import uuid
from contextlib import contextmanager
from functools import wraps

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect

from apps.core.models import Submission
from apps.core.refusals import Refused

REPLAYED_HEADERS = ("Location", "Content-Type", "HX-Redirect", "HX-Trigger", "HX-Push-Url", "HX-Retarget", "HX-Reswap")


def once(view):
    """Run a POST view at most once for each submission key; the same key again gets the first answer.

    The key comes from the form field `submission_key` (template tag `{% submission_key %}`) or the header
    `Idempotency-Key`. Key, rows, events and jobs are written in one transaction. An answer of 400 or more undoes
    everything, the key included, so that a corrected form may be sent with the same key.
    """

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = _submission_key(request)
        if key is None:
            return render(request, "errors/no_key.html", status=400)
        with transaction.atomic():
            submission, is_first = Submission.objects.get_or_create(
                key=key, defaults={"by": request.user, "path": request.path}
            )
            if not is_first:
                return _replay(submission, request)
            response = view(request, *args, **kwargs)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            else:
                _remember(submission, response)
        return response

    return wrapper


@contextmanager
def refusals_on(form):
    """Run an action; if it is refused, put its sentences on `form` (so `form.is_valid()` is false) and go on."""
    try:
        with transaction.atomic():
            yield
    except Refused as refusal:
        if refusal.status != Refused.status:
            raise
        for sentence in refusal.sentences:
            form.add_error(None, sentence)


def go_to(request, address: str):
    """Send the browser to an address, from a drawer too."""
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _submission_key(request) -> uuid.UUID | None:
    raw = request.POST.get("submission_key") or request.headers.get("Idempotency-Key") or ""
    try:
        return uuid.UUID(raw)
    except ValueError:
        return None


def _remember(submission, response):
    submission.status = response.status_code
    submission.headers = {name: response[name] for name in REPLAYED_HEADERS if name in response}
    submission.body = "" if response.streaming else response.content.decode()
    submission.save(update_fields=["status", "headers", "body"])


def _replay(submission, request):
    if submission.by_id != request.user.pk or submission.path != request.path:
        return render(request, "errors/no_key.html", status=400)
    return HttpResponse(submission.body, status=submission.status, headers=submission.headers)
