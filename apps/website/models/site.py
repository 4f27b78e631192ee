"""A website that follows the CRM."""

from urllib.parse import urlsplit

import pghistory
from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator, URLValidator
from django.db import models
from django.urls import reverse

from apps.core.encryption import decrypt
from apps.core.history import old_rows
from apps.core.models import Versioned
from apps.website.models.profile import Profile

# Written by jobs, some of them once a minute: no change that anybody would look up.
WRITTEN_BY_JOBS = ["failing_since", "probe_at", "last_ok_at", "reconciled_at"]
SECRETS = ["password", "intake_key"]


class SiteQuerySet(models.QuerySet):
    """Sites."""

    def active(self):
        """Those that follow the CRM now."""
        return self.filter(is_active=True)


@pghistory.track(*old_rows(ignore=["version", *WRITTEN_BY_JOBS, *SECRETS]), model_name="SiteHistory", exclude=SECRETS)
class Site(Versioned):
    """A WordPress site. `password` and `intake_key` are kept encrypted and never shown again.

    `filter` is the address of the listings' list behind its question mark; with `follows_filter`, what it finds is
    published without anybody asking for it. `failing_since` is when the site stopped answering, `probe_at` when it is
    tried again; both are empty while all is well.
    """

    name = models.CharField(max_length=80, unique=True)
    initials = models.CharField(
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"^[A-Za-z0-9]+$", "Use letters and digits alone.")],
        help_text="Up to 4 letters: the mark in lists.",
    )
    url = models.CharField(
        "address",
        max_length=300,
        unique=True,
        validators=[URLValidator(["https", "http"], message="Enter an address such as https://example.com.")],
    )
    username = models.CharField("user", max_length=120, help_text="The WordPress user that publishes for the CRM.")
    password = models.TextField("application password", editable=False)
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="sites")
    filter = models.CharField("listings", max_length=2000, blank=True)
    follows_filter = models.BooleanField("publish by itself what belongs here", default=False)
    text_limit = models.PositiveIntegerField(
        "longest description", null=True, blank=True, validators=[MinValueValidator(100)], help_text="In characters."
    )
    photo_limit = models.PositiveSmallIntegerField(
        "most photos", default=30, validators=[MinValueValidator(1)], help_text="The first ones are sent."
    )
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    is_active = models.BooleanField("follows the CRM", default=True)
    intake_key = models.TextField("key of enquiries", blank=True, editable=False)
    failing_since = models.DateTimeField(null=True, blank=True, editable=False)
    probe_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_ok_at = models.DateTimeField(null=True, blank=True, editable=False)
    reconciled_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The site's page."""
        return reverse("website:site", args=[self.pk])

    @property
    def is_made_up(self) -> bool:
        """Whether it is one of the demo's: an address that ends in .example is nobody's, so it is never asked."""
        return (urlsplit(self.url).hostname or "").endswith(".example")

    def secret_password(self) -> str:
        """The application password, for the client of WordPress alone."""
        return decrypt(self.password)

    def secret_intake_key(self) -> str:
        """The key that signs enquiries; empty where none was made."""
        return decrypt(self.intake_key) if self.intake_key else ""
