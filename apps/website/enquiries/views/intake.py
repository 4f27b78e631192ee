"""The door that websites knock at: signed enquiries. What each answer means to the sender is in docs/intake.md."""

import time

import pghistory
from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import JsonResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from apps.accounts.models import User
from apps.core.flags import is_on_for_anybody
from apps.website import flags
from apps.website.enquiries.actions.enquiry import take_in
from apps.website.enquiries.intake import limits
from apps.website.enquiries.intake.message import Unreadable, read
from apps.website.enquiries.intake.signature import is_signed, is_timely
from apps.website.enquiries.polling import note_pushed
from apps.website.models import Site

LATER, SOON = 3600, 60  # seconds


@csrf_exempt  # no browser of ours sends this and no cookie counts: the signature says who it is
@login_not_required
@require_POST
def intake(request):
    """Take in one enquiry. While websites are off, sites are told to keep it: at 404 they would drop it."""
    if not is_on_for_anybody(flags.WEBSITE):
        return _answer(503, error="off", after=LATER)
    if _length(request) > limits.LARGEST:
        return _answer(413, error=f"The body is larger than {limits.LARGEST} bytes.")
    try:
        body = request.body
    except (RequestDataTooBig, UnreadablePostError):
        return _answer(400, error="The body did not arrive whole.")
    site = _site(request, body)
    if site is None:
        if limits.is_too_many(f"wrong:{ratelimit.get_ip(request)}", limits.MOST_WRONG):
            return _answer(429, error="wait", after=SOON)
        return _answer(401, error="signature")
    return _of_site(request, site, body)


def _of_site(request, site, body):
    """The answer to a body that the site signed."""
    now, signature = time.time(), request.headers["X-CRM-Signature"]
    if not is_timely(request.headers["X-CRM-Time"], now):
        return _answer(401, error="time", now=int(now))
    if limits.is_too_many(f"site:{site.pk}", limits.MOST_OF_A_SITE):
        return _answer(429, error="wait", after=SOON)
    if limits.is_replay(site.pk, signature):
        return _answer(409, error="replay")
    try:
        message = read(body, timezone.now())
    except Unreadable as unreadable:
        return _answer(422, error=str(unreadable))
    if message.is_test:
        return _answer(200, status="ok")
    try:
        taken = _take(site, message)
    except BaseException:  # our fault: the same may come again
        limits.forget(site.pk, signature)
        raise
    return _answer(201, status="taken") if taken.is_new else _answer(200, status="known")


def _take(site, message):
    system = User.objects.system()
    with pghistory.context(user=system.pk):
        taken = take_in(site, message, by=system)
        note_pushed(site)
    return taken


def _site(request, body) -> Site | None:
    """The site that signed the body. An unknown one takes as long as a wrong signature, and gets the same answer."""
    number = request.headers.get("X-CRM-Site", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    site = Site.objects.filter(pk=int(number) if is_number else 0).first()
    key = site.secret_intake_key() if site else ""
    sent_at, signature = (request.headers.get(f"X-CRM-{name}", "") for name in ("Time", "Signature"))
    return site if is_signed(key, sent_at, body, signature) else None


def _length(request) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdigit() and len(text) < 12 else 0


def _answer(code: int, /, *, after: int | None = None, **words):
    response = JsonResponse(words, status=code)
    response.headers["Cache-Control"] = "no-store"
    if after is not None:
        response.headers["Retry-After"] = str(after)
    return response
