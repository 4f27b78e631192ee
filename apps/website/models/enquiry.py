"""What somebody asked on a website, and whether anybody answered."""

from datetime import datetime, timedelta

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.history import old_rows
from apps.customers.lookups import Channel
from apps.customers.models import Customer
from apps.customers.models.contact import Digits
from apps.customers.phones import home_region, parse
from apps.listings.models import Listing
from apps.website.enquiries.queries import EnquiryQuerySet
from apps.website.models.site import Site

ANSWER_WITHIN = timedelta(minutes=15)


class SetAside(models.TextChoices):
    """Why nobody needs to answer an enquiry."""

    SPAM = "spam", _("Spam")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    NOT_MEANT = "not_meant", _("Nothing to answer")


class SearchWords(Func):
    """SQL `crm_search_words(text)` of several texts: letters and digits alone, as searches compare them."""

    function = "crm_search_words"
    arg_joiner = " || ' ' || "
    output_field = models.TextField()


@pghistory.track(*old_rows(ignore=["words"]), model_name="EnquiryHistory", exclude=["words"])
class Enquiry(models.Model):
    """`their_id` is the site's own, so that the same enquiry sent twice is one.

    `customer` is empty while it might be from several people: somebody then says who it is. `agent` is whom it came in
    for: the customer's agent, else the listing's. `answered_at` is kept by a trigger on events (a call, a message, a
    note, a viewing), or set by a button. With `set_aside` it needed no answer, and `answered_by` said so. The texts are
    the visitor's own words and stay as they came.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="enquiries")
    their_id = models.CharField("number at the site", max_length=64)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, null=True, blank=True, related_name="enquiries")
    asked_reference = models.CharField("listing as the site calls it", max_length=40, blank=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="enquiries")
    made_customer = models.BooleanField("a new customer came with it", default=False)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="enquiries"
    )
    name = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.CharField("e-mail", max_length=254, blank=True)
    text = models.TextField(blank=True)
    page = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=60, blank=True)
    campaign = models.CharField(max_length=120, blank=True)
    consent = ArrayField(models.CharField(max_length=10, choices=Channel.choices), default=list, blank=True)
    consent_text = models.CharField("words agreed to", max_length=500, blank=True)
    asked_at = models.DateTimeField("sent at")
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_aside = models.CharField("needs no answer", max_length=15, choices=SetAside.choices, blank=True)
    escalated_at = models.DateTimeField("passed to the team at", null=True, blank=True)
    words = models.GeneratedField(
        expression=SearchWords("name", "email", Digits("phone"), "text"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-id"]
        verbose_name_plural = "enquiries"
        constraints = [
            models.UniqueConstraint(fields=["site", "their_id"], name="enquiry_once"),
            models.CheckConstraint(
                condition=Q(consent__contained_by=Channel.values), name="enquiry_consent_channels_known"
            ),
        ]
        indexes = [
            models.Index(fields=["received_at", "id"], name="enquiry_by_time"),
            models.Index(fields=["received_at", "id"], condition=Q(answered_at__isnull=True), name="enquiry_to_answer"),
            models.Index(fields=["customer", "-received_at"], name="enquiry_of_customer"),
            models.Index(fields=["listing", "-received_at"], name="enquiry_of_listing"),
            GinIndex(fields=["words"], opclasses=["gin_trgm_ops"], name="enquiry_words"),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("enquiries:detail", args=[self.pk])

    @property
    def label(self) -> str:
        """Who it is from, as far as they said."""
        return self.name or self.email or self.phone or f"#{self.pk}"

    @property
    def about(self) -> str:
        """The listing it is about, in a few words."""
        return self.listing.label if self.listing else self.asked_reference

    @property
    def e164(self) -> str:
        """The number they left, as it can be dialled; nothing where it is none."""
        return (parse(self.phone, home_region()) or "") if self.phone else ""

    @property
    def is_open(self) -> bool:
        """Whether nobody answered yet."""
        return self.answered_at is None

    @property
    def responsible(self):
        """Who is to answer: the customer's agent as things are now, else the one it came in for."""
        return self.customer.agent if self.customer else self.agent

    def minutes(self, now: datetime) -> int:
        """How long somebody waits, or waited, for an answer."""
        return max(int(((self.answered_at or now) - self.asked_at).total_seconds() // 60), 0)
