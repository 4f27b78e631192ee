"""How customers are reached, and what they agreed to."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Case, F, Func, Q, When
from django.db.models.functions import Lower

from apps.core.history import old_rows
from apps.customers.lookups import Channel
from apps.customers.models.customer import Customer


class Digits(Func):
    """The digits of a text."""

    template = r"regexp_replace(%(expressions)s, '\D', '', 'g')"
    output_field = models.TextField()


class CanonicalEmail(Func):
    """SQL `crm_canonical_email(text)`: lower case, and without the tag after a plus sign."""

    function = "crm_canonical_email"
    output_field = models.TextField()


def canonical_email(text: str) -> str:
    """As SQL `crm_canonical_email`: lower case, and without the tag after a plus sign."""
    name, at, domain = text.strip().lower().partition("@")
    stem = name.split("+")[0] or name
    return f"{stem}{at}{domain}"


class Sixes(Func):
    """SQL crm_sixes(): every six digits in a row. Numbers of one country share most of their threes."""

    function = "crm_sixes"
    output_field = ArrayField(models.TextField())


@pghistory.track(*old_rows(ignore=["digits"]), model_name="PhoneHistory", exclude=["digits"])
class Phone(models.Model):
    """One phone number. `e164` is empty where the text in `as_written` is no number that anybody could dial."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="phones")
    e164 = models.CharField("number", max_length=20, blank=True)
    extension = models.CharField(max_length=12, blank=True)
    as_written = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    digits = models.GeneratedField(
        expression=Digits(Case(When(e164="", then=F("as_written")), default=F("e164"))),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["e164"], name="phone_number"),
            GinIndex(fields=["digits"], opclasses=["gin_trgm_ops"], name="phone_digits"),
            GinIndex(Sixes("digits"), name="phone_sixes"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "e164", "extension"], condition=~Q(e164=""), name="phone_once_for_customer"
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def text(self) -> str:
        """The number with its extension, or what was written where it is no number."""
        return (self.e164 + (f" x{self.extension}" if self.extension else "")) or self.as_written

    @property
    def tel(self) -> str:
        """The address that dials it; nothing where it cannot be dialled."""
        return f"tel:{self.e164}" + (f";ext={self.extension}" if self.extension else "") if self.e164 else ""

    @property
    def whatsapp(self) -> str:
        """The address that opens WhatsApp with it."""
        return f"https://wa.me/{self.e164.removeprefix('+')}" if self.e164 else ""


@pghistory.track(*old_rows(ignore=["canonical"]), model_name="EmailAddressHistory", exclude=["canonical"])
class EmailAddress(models.Model):
    """One e-mail address. `canonical` is what two spellings of one address have in common."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="emails")
    address = models.CharField("e-mail", max_length=254)
    label = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    canonical = models.GeneratedField(
        expression=CanonicalEmail("address"), output_field=models.TextField(), db_persist=True
    )

    class Meta:
        ordering = ["position", "id"]
        verbose_name_plural = "e-mail addresses"
        indexes = [
            models.Index(fields=["canonical"], name="email_canonical"),
            GinIndex(OpClass(Lower("address"), name="gin_trgm_ops"), name="email_address"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["customer", "canonical"], name="email_once_for_customer"),
        ]

    def __str__(self):
        return self.address


class Consent(models.Model):
    """What a customer said about one channel, when, and how we know. Rows stay; the latest counts."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="consents")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    granted = models.BooleanField()
    source = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["customer", "channel", "-at"], name="consent_latest")]
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="consent_channel_known"),
        ]

    def __str__(self):
        return f"{self.channel} {'yes' if self.granted else 'no'}"
