"""Who must have a second factor, and who has one."""

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from apps.accounts.roles import Role

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes are only the spare key
ROLES_THAT_NEED_ONE = {Role.MANAGER, Role.ADMINISTRATOR}


def must_have_second_factor(user, agency) -> bool:
    """Whether this person needs a second factor before anything else opens."""
    return agency.requires_mfa and user.role in ROLES_THAT_NEED_ONE


def has_second_factor(user) -> bool:
    """Whether this person has an authenticator app or a passkey."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def has_app(user) -> bool:
    """Whether this person has an authenticator app, and not only a passkey."""
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


def with_second_factor(people):
    """Users, each with `has_factor`."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    return people.annotate(has_factor=Exists(factors))
