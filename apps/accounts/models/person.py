"""Teams and staff."""

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from apps.accounts.roles import Role
from apps.core.avatars import hue_of, initials_of
from apps.core.history import old_rows
from apps.core.models import Versioned

SYSTEM_EMAIL = "system@realestatecrm.invalid"


class Team(models.Model):
    """Agents who work together; a manager sees all teams."""

    name = models.CharField(max_length=80, unique=True)

    def __str__(self):
        return self.name


class UserManager(BaseUserManager):
    """Staff, found and made by e-mail."""

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        """Make a member of staff; without a password they can only sign in by a link or passkey."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Make an administrator (Django's `createsuperuser` calls this)."""
        return self.create_user(email, password, **{"role": Role.ADMINISTRATOR, **fields})

    def system(self) -> "User":
        """The user that jobs and imports act as when nobody asked."""
        return self.get(email=SYSTEM_EMAIL)

    def staff(self):
        """People who may be signed in or be given work: active, and not the system user."""
        return self.filter(is_active=True).exclude(role=Role.SYSTEM)

    def administrators(self):
        """Those who can still let others in."""
        return self.staff().filter(role=Role.ADMINISTRATOR)

    def agents(self):
        """People who may be responsible for a listing."""
        return self.staff().filter(role__in=[Role.AGENT, Role.MANAGER, Role.ADMINISTRATOR])


UNTRACKED = ["version", "password", "last_login", "last_seen_at", "session_epoch"]


@pghistory.track(*old_rows(ignore=UNTRACKED), model_name="UserHistory", exclude=UNTRACKED)
class User(Versioned, AbstractBaseUser, PermissionsMixin):
    """A member of staff. Rights come from `role` alone; `is_superuser`, groups and user permissions give none."""

    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.AGENT)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    job_title = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    session_epoch = models.PositiveIntegerField(
        default=0, editable=False, help_text="Raised to end every session of this person at once, for good."
    )
    theme = models.CharField(
        max_length=5, blank=True, choices=[("light", "Light"), ("dark", "Dark")], help_text="Empty follows the device."
    )
    language = models.CharField(max_length=5, default="en", choices=[("en", "English"), ("ar", "العربية")])
    single_key_shortcuts = models.BooleanField(default=True)

    agency = None  # the settings (accounts.Agency), once a request of this person has read them

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["full_name"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="user_rights_by_role_only"),
        ]

    def __str__(self):
        return self.full_name or self.email

    def _get_session_auth_hash(self, secret=None):
        """Ties each session to the epoch as well as to the password; sessions of an older epoch are strangers'."""
        of_password = super()._get_session_auth_hash(secret=secret)
        both = f"{self.session_epoch}{of_password}"
        return salted_hmac("accounts.session_epoch", both, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_staff(self) -> bool:
        """Whether Django admin lets them in."""
        return self.role == Role.ADMINISTRATOR

    @property
    def short_name(self) -> str:
        """The first word of the name, as colleagues say it."""
        return self.full_name.split(" ")[0] if self.full_name else self.email

    def get_short_name(self):
        return self.short_name

    @property
    def initials(self) -> str:
        """Two letters for the avatar."""
        words = self.full_name.split() or [self.email]
        return initials_of(words)

    @property
    def hue(self) -> int:
        """The avatar's own."""
        return hue_of(self.pk)
