"""The agency, its teams and its staff."""

import zoneinfo

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from apps.accounts.roles import Role
from apps.core.history import old_rows
from apps.core.models import Versioned
from apps.core.money import Currency, currency_field
from apps.core.units import AreaUnits

SYSTEM_EMAIL = "system@realestatecrm.invalid"


def validate_time_zone(name: str) -> None:
    """Refuse a name that is no IANA time zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(f"“{name}” is not a time zone. Use a name such as Asia/Dubai.")


class Weekday(models.IntegerChoices):
    """Days as datetime.weekday() counts them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class CustomerVisibility(models.TextChoices):
    """Whose customers an agent may see."""

    OWN = "own", "Own customers"
    TEAM = "team", "The team's customers"
    EVERYONE = "everyone", "Everyone's customers"


def default_weekend() -> list[int]:
    """Saturday and Sunday: the UAE's weekend since 2022."""
    return [Weekday.SATURDAY, Weekday.SUNDAY]


@pghistory.track(*old_rows(ignore=["version"]), model_name="AgencyHistory")
class Agency(Versioned):
    """The agency's settings: one row. Defaults are Dubai's."""

    name = models.CharField(max_length=120, default="My agency")
    currency = currency_field(default=Currency.AED)
    area_units = models.CharField(max_length=20, choices=AreaUnits.choices, default=AreaUnits.SQUARE_FEET)
    time_zone = models.CharField(max_length=60, default="Asia/Dubai", validators=[validate_time_zone])
    weekend = ArrayField(models.PositiveSmallIntegerField(choices=Weekday.choices), default=default_weekend)
    customer_visibility = models.CharField(
        max_length=10, choices=CustomerVisibility.choices, default=CustomerVisibility.OWN
    )
    mandate_days = models.PositiveSmallIntegerField(default=90)
    requires_mfa = models.BooleanField("managers and administrators must use a second factor", default=True)

    class Meta:
        verbose_name_plural = "agency"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="agency_one_row")]

    def __str__(self):
        return self.name

    @classmethod
    def current(cls) -> "Agency":
        """The one row (made with the defaults by the first migration)."""
        return cls.objects.get(pk=1)


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

    def agents(self):
        """People who may be responsible for a listing."""
        return self.staff().filter(role__in=[Role.AGENT, Role.MANAGER, Role.ADMINISTRATOR])


@pghistory.track(
    *old_rows(ignore=["last_login", "password"]), model_name="UserHistory", exclude=["password", "last_login"]
)
class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff. Rights come from `role` alone; `is_superuser`, groups and user permissions give none."""

    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.AGENT)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    job_title = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    theme = models.CharField(
        max_length=5, blank=True, choices=[("light", "Light"), ("dark", "Dark")], help_text="Empty follows the device."
    )
    language = models.CharField(max_length=5, default="en", choices=[("en", "English"), ("ar", "العربية")])
    single_key_shortcuts = models.BooleanField(default=True)

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
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    @property
    def hue(self) -> int:
        """The avatar's own of 12 hues; the same person always has the same."""
        return (self.pk or 0) * 5 % 12
