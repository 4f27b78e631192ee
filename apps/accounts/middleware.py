"""What each request asks of the person, and knows: sign-in, second factor, agency, language, when they were seen."""

import zoneinfo

from allauth.usersessions.models import UserSession
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.cache import caches
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRedirect

from apps.accounts.models import Agency, User
from apps.accounts.second_factor import has_second_factor, must_have_second_factor

SEEN_EVERY_SECONDS = 300
# What somebody without the second factor that their role needs may still open: setting it up, and leaving.
SET_UP_PAGES = {
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Every page that is not marked public needs a sign-in. htmx gets 401, so that the page itself can ask for one."""

    def handle_no_permission(self, request, view_func):
        if request.headers.get("HX-Request"):
            return HttpResponse("You are signed out. Sign in again.", status=401, content_type="text/plain")
        return super().handle_no_permission(request, view_func)


class AgencyMiddleware:
    """Sets `request.agency` (read once, if asked for). Times are in its zone, words in the person's language."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.agency = SimpleLazyObject(Agency.current)
        if not request.user.is_authenticated:
            return self.get_response(request)
        request.user.agency = request.agency
        request.LANGUAGE_CODE = request.user.language
        zone = zoneinfo.ZoneInfo(request.agency.time_zone)
        with timezone.override(zone), translation.override(request.user.language):
            return self.get_response(request)


class SecondFactorMiddleware:
    """Sends managers and administrators who lack the second factor that the agency requires to its set-up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not request.user.is_authenticated or request.resolver_match.view_name in SET_UP_PAGES:
            return None
        if not getattr(view_func, "login_required", True):
            return None
        if not must_have_second_factor(request.user, request.agency) or has_second_factor(request.user):
            return None
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(reverse("mfa_index"))
        return redirect("mfa_index")


class LastSeenMiddleware:
    """Remembers when each person and session was last at work, with one write in five minutes and process at most."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and request.session.session_key:
            self.see(request.user, request.session.session_key)
        return response

    def see(self, user, session_key):
        """Write down the moment, unless this process did so within the last five minutes."""
        if caches["process"].add(f"seen:{session_key}", True, SEEN_EVERY_SECONDS):
            now = timezone.now()
            User.objects.filter(pk=user.pk).update(last_seen_at=now)
            UserSession.objects.filter(session_key=session_key).update(last_seen_at=now)
