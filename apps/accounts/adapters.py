"""What django-allauth asks us: words, limits, mail, and how second factors are kept."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.urls import reverse

from apps.accounts import mail
from apps.accounts.models import Agency, User
from apps.accounts.second_factor import FACTORS, must_have_second_factor
from apps.core import encryption

WRONG_CODE = "That code or passkey is not right. Each code works once, so enter the newest"
WAIT = "Wait 5 minutes or reset the password"


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in: nobody signs up, and tries are counted per account and address, so that an office shares no lock."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Email or password is not right",
        "too_many_login_attempts": WAIT,
        "rate_limited": "That was too many tries. Wait 5 minutes and try again",
        "incorrect_password": "The password is not right",
        "enter_current_password": "The present password is not right",
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": "This link was used or is too old. Ask for a new one",
    }

    def is_open_for_signup(self, request):
        return False

    def _get_login_attempts_cache_key(self, request, **credentials):
        return f"{_account(credentials)} from {ratelimit.get_ip(request)}"

    def pre_authenticate(self, request, **credentials):
        super().pre_authenticate(request, **credentials)
        if not self._consume_account_tries(request, credentials, dry_run=True):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request, **credentials):
        self._consume_account_tries(request, credentials)

    def _consume_account_tries(self, request, credentials, dry_run=False):
        return ratelimit.consume(
            request, app="allauth.account", action="login_failed_account", key=_account(credentials), dry_run=dry_run
        )

    def format_email_subject(self, subject):
        return str(subject)

    def send_mail(self, template_prefix, email, context):
        context = {"agency": Agency.current(), "email": email, **context}
        user = self.request.user
        by = user if user.is_authenticated else User.objects.system()
        mail.enqueue(self.render_mail(template_prefix, email, context), by=by)

    def get_reset_password_from_key_url(self, key):
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return mail.site_address(path.replace("UID-KEY", key))

    def get_password_change_redirect_url(self, request):
        return reverse("mfa_index")


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: secrets encrypted, and the last one kept where the agency requires one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "Your role needs a second step. Add a passkey first, then turn this off",
    }

    def encrypt(self, text):
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text):
        return encryption.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator):
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS).exclude(pk=authenticator.pk)
        return others.exists() or not must_have_second_factor(authenticator.user, Agency.current())

    def get_totp_issuer(self):
        return Agency.current().name

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": Agency.current().name}

    def generate_authenticator_name(self, user, type):
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}" if count else "Passkey"


def _account(credentials: dict) -> str:
    return credentials.get("email", "").lower()
