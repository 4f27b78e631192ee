"""Rows for tests, with believable defaults."""

from datetime import timedelta
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from apps.accounts.models import Team, User
from apps.core.encryption import encrypt
from apps.customers.models import Customer, EmailAddress, Phone, Task
from apps.listings.lookups import StandardStatus
from apps.listings.models import Listing, Mandate, Permit, Place, Unit
from apps.listings.models.place import PlaceLevel
from apps.matching.models import Requirement, RequirementPlace
from apps.viewings.models import Viewing, ViewingGuest
from apps.website.models import Placement, Profile, Site
from apps.website.profiles.shipped import shipped_profiles

PASSWORD = "a-long-test-password"


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = Team
        django_get_or_create = ["name"]

    name = factory.Sequence(lambda n: f"Team {n}")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        django_get_or_create = ["email"]

    email = factory.Sequence(lambda n: f"person{n}@agency.test")
    full_name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(PASSWORD)


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = Place

    level = PlaceLevel.BUILDING
    name = factory.Sequence(lambda n: f"Tower {n}")


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    place = factory.SubFactory(PlaceFactory)
    unit_number = factory.Sequence(lambda n: str(100 + n))
    bedrooms_total = 2
    bathrooms_total_integer = 3
    living_area = Decimal("1388")


class ListingFactory(DjangoModelFactory):
    class Meta:
        model = Listing

    unit = factory.SubFactory(UnitFactory)
    listing_id = factory.Sequence(lambda n: f"T-{n}")
    standard_status = StandardStatus.ACTIVE
    list_price = Decimal("2450000")
    created_by = factory.SubFactory(UserFactory, email="creator@agency.test")
    list_agent = factory.SelfAttribute("created_by")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        listing = super()._create(model_class, *args, **kwargs)
        listing.refresh_from_db()
        return listing


class MandateFactory(DjangoModelFactory):
    class Meta:
        model = Mandate

    listing = factory.SubFactory(ListingFactory)
    listing_contract_date = factory.LazyFunction(timezone.localdate)
    expiration_date = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=90))


class ViewingFactory(DjangoModelFactory):
    """A viewing tomorrow at this hour, with one customer of its agent; each one an hour after the last."""

    class Meta:
        model = Viewing

    listing = factory.SubFactory(ListingFactory)
    created_by = factory.SelfAttribute("listing.created_by")
    agent = factory.SelfAttribute("created_by")
    starts_at = factory.Sequence(lambda n: timezone.now() + timedelta(days=1, hours=n))
    minutes = 30

    @classmethod
    def _create(cls, model_class, *args, customers=None, **kwargs):
        viewing = super()._create(model_class, *args, **kwargs)
        for customer in [CustomerFactory(created_by=viewing.agent)] if customers is None else customers:
            ViewingGuest.objects.create(viewing=viewing, customer=customer)
        viewing.refresh_from_db()
        return viewing


class PermitFactory(DjangoModelFactory):
    class Meta:
        model = Permit

    listing = factory.SubFactory(ListingFactory)
    number = factory.Sequence(lambda n: f"71{n:010d}")
    expiration_date = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=60))


class CustomerFactory(DjangoModelFactory):
    class Meta:
        model = Customer

    full_name = factory.Sequence(lambda n: f"Customer {n}")
    created_by = factory.SubFactory(UserFactory, email="creator@agency.test")
    agent = factory.SelfAttribute("created_by")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        customer = super()._create(model_class, *args, **kwargs)
        customer.refresh_from_db()
        return customer


class PhoneFactory(DjangoModelFactory):
    class Meta:
        model = Phone

    customer = factory.SubFactory(CustomerFactory)
    e164 = factory.Sequence(lambda n: f"+97150{n:07d}")


class EmailAddressFactory(DjangoModelFactory):
    class Meta:
        model = EmailAddress

    customer = factory.SubFactory(CustomerFactory)
    address = factory.Sequence(lambda n: f"customer{n}@mail.test")


class TaskFactory(DjangoModelFactory):
    class Meta:
        model = Task

    customer = factory.SubFactory(CustomerFactory)
    title = "Call back"
    due_on = factory.LazyFunction(timezone.localdate)
    created_by = factory.SelfAttribute("customer.created_by")
    assignee = factory.SelfAttribute("created_by")


class RequirementFactory(DjangoModelFactory):
    """`places=[...]` adds the rows of its places."""

    class Meta:
        model = Requirement
        skip_postgeneration_save = True

    customer = factory.SubFactory(CustomerFactory)
    created_by = factory.SelfAttribute("customer.created_by")

    @factory.post_generation
    def places(self, create, places, **kwargs):
        if create:
            RequirementPlace.objects.bulk_create(RequirementPlace(requirement=self, place=one) for one in places or ())
            self.refresh_from_db()


class ProfileFactory(DjangoModelFactory):
    class Meta:
        model = Profile
        django_get_or_create = ["slug"]

    slug = "companion"
    name = factory.LazyAttribute(lambda profile: shipped_profiles()[profile.slug]["name"])
    spec = factory.LazyAttribute(lambda profile: shipped_profiles()[profile.slug]["spec"])


class SiteFactory(DjangoModelFactory):
    """A site that nothing answers at; `secret` is its application password."""

    class Meta:
        model = Site
        exclude = ["secret"]

    secret = "abcd efgh ijkl mnop qrst uvwx"
    name = factory.Sequence(lambda n: f"Site {n}")
    initials = factory.Sequence(lambda n: f"S{n}")
    url = factory.Sequence(lambda n: f"http://127.0.0.1:9/{n}")
    username = "crm"
    password = factory.LazyAttribute(lambda site: encrypt(site.secret))
    profile = factory.SubFactory(ProfileFactory)


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = Placement

    site = factory.SubFactory(SiteFactory)
    listing = factory.SubFactory(ListingFactory)
