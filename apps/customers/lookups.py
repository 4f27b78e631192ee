"""The words that customers' fields may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CustomerKind(models.TextChoices):
    """Somebody, or a company."""

    PERSON = "person", _("Person")
    COMPANY = "company", _("Company")


class CustomerRole(models.TextChoices):
    """What a customer is to the agency; one may be several."""

    BUYER = "buyer", _("Buyer")
    TENANT = "tenant", _("Tenant")
    SELLER = "seller", _("Seller")
    LANDLORD = "landlord", _("Landlord")


OWNERS = (CustomerRole.SELLER, CustomerRole.LANDLORD)


class Stage(models.TextChoices):
    """How far the agency is with a customer."""

    NEW = "new", _("New")
    SEARCHING = "searching", _("Searching")
    VIEWING = "viewing", _("Viewing")
    OFFER = "offer", _("Offer")
    WON = "won", _("Won")
    DORMANT = "dormant", _("Dormant")


OPEN_STAGES = (Stage.NEW, Stage.SEARCHING, Stage.VIEWING, Stage.OFFER)


class Source(models.TextChoices):
    """How a customer came to the agency."""

    WEBSITE = "website", _("Website")
    PORTAL = "portal", _("Portal")
    PHONE = "phone", _("Phone")
    WALK_IN = "walk-in", _("Walk-in")
    REFERRAL = "referral", _("Referral")
    IMPORT = "import", _("Import")
    OTHER = "other", _("Other")


class Payment(models.TextChoices):
    """How a customer would pay."""

    UNKNOWN = "unknown", _("Not known")
    CASH = "cash", _("Cash")
    MORTGAGE = "mortgage", _("Mortgage")


class Channel(models.TextChoices):
    """Ways to reach a customer, each with a consent of its own."""

    EMAIL = "email", _("E-mail")
    WHATSAPP = "whatsapp", _("WhatsApp")
    SMS = "sms", _("SMS")
    PHONE = "phone", _("Phone")


IN_WRITING = (Channel.EMAIL, Channel.WHATSAPP, Channel.SMS)


class NoteKind(models.TextChoices):
    """What was written down."""

    NOTE = "note", _("Note")
    CALL = "call", _("Call")
    MESSAGE = "message", _("Message")


# Kinds of notes that say that somebody spoke with the customer.
CONTACTS = (NoteKind.CALL, NoteKind.MESSAGE)
