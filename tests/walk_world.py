"""What the walk of every URL meets: the cast, and one row of each kind."""

import io
import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.accounts.actions.invitation import invite
from apps.accounts.actions.saved_view import remove_view, save_view
from apps.accounts.models import Agency, Flag, OutgoingMail
from apps.accounts.roles import Role
from apps.core.flags import DECLARED
from apps.core.models import Submission
from apps.core.queue import enqueue, keep_trouble
from apps.customers.actions.consent import set_consent
from apps.customers.actions.erasure import erase
from apps.customers.actions.merge import merge
from apps.customers.actions.note import add_note as write_note
from apps.customers.models import Customer, DuplicatePair
from apps.imports.actions import run as importing
from apps.imports.models import CustomerRecord
from apps.insights.counting import Screen, Usage
from apps.listings.actions.mandate import add_mandate, add_permit
from apps.listings.actions.note import add_note
from apps.listings.actions.photo import add_photo, make_sizes, remove_photo
from apps.listings.actions.price import set_price
from apps.listings.actions.status import move
from apps.listings.models import Listing, Mandate, Permit, Photo
from apps.matching.actions.decision import mark_interested
from apps.matching.models import ExchangeRate, RequirementPlace, Sending
from tests.core import sample_jobs  # noqa: F401  (declares the jobs)
from tests.factories import (
    CustomerFactory,
    EmailAddressFactory,
    ListingFactory,
    PhoneFactory,
    PlaceFactory,
    RequirementFactory,
    TaskFactory,
    TeamFactory,
    UserFactory,
)
from tests.walk_viewings import build_viewings
from tests.walk_website import build_website

ROLES = {
    "viewer": Role.VIEWER,
    "marketing": Role.MARKETING,
    "owner": Role.AGENT,
    "other": Role.AGENT,
    "manager": Role.MANAGER,
    "administrator": Role.ADMINISTRATOR,
}


@dataclass
class World:
    """The cast by name (`owner` is the agent of `listing`, `other` another agent), their sessions, and the rows."""

    people: dict
    sessions: dict
    listing: Listing
    draft: Listing
    deleted: Listing
    photo: Photo
    second_photo: Photo
    removed_photo: Photo
    hidden_photos: dict
    invitation: object
    colleague: object
    former_colleague: object
    imports: dict
    customers: dict
    views: dict
    viewings: dict
    website: dict
    rows: dict = field(default_factory=dict)

    def browser(self, actor: str) -> Client:
        """A browser that nothing was done with yet, signed in as the actor ("anonymous": not at all)."""
        client = Client(raise_request_exception=False)
        if actor in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[actor]
        return client


def build() -> World:
    """Everything, made through the actions wherever there is one."""
    Agency.objects.update(requires_mfa=False)
    for name in DECLARED:
        Flag.objects.update_or_create(name=name, defaults={"everyone": True})
    people = {name: _person(name, role) for name, role in ROLES.items()}
    views = _views(people["owner"], people["manager"])
    owner, administrator = people["owner"], people["administrator"]
    listing, draft, deleted = (_listing(reference, owner) for reference in ("W-1", "W-2", "W-3"))
    photos = [_photo(listing, colour, owner) for colour in ("red", "green", "blue")]
    hidden_photos = {"draft": _photo(draft, "black", owner), "deleted": _photo(deleted, "white", owner)}
    remove_photo(photos[2], by=owner)
    Listing.objects.filter(pk=draft.pk).update(standard_status="Incomplete")
    Listing.objects.filter(pk=deleted.pk).update(standard_status="Delete")
    listing.refresh_from_db()
    customers = _customers(owner)
    mark_interested(customers["search"], listing, by=owner)
    return World(
        people=people,
        sessions={name: _session(person) for name, person in people.items()},
        listing=listing,
        draft=draft,
        deleted=deleted,
        photo=photos[0],
        second_photo=photos[1],
        removed_photo=photos[2],
        hidden_photos=hidden_photos,
        invitation=invite(
            {"email": "new@agency.test", "full_name": "New", "role": "agent"}, by=administrator, send=False
        ),
        colleague=_colleague(),
        former_colleague=UserFactory(email="former@agency.test", full_name="Former Colleague", is_active=False),
        imports=_imports(administrator, customers["own"]),
        customers=customers | _records(owner, administrator),
        viewings=build_viewings(listing, customers["own"], owner),
        website=build_website(listing, customers["own"], owner),
        views=views,
        rows=_rows(administrator) | _matching(customers, listing, owner),
    )


def _person(name, role):
    return UserFactory(email=f"{name}@agency.test", full_name=f"{name.title()} Person", role=role)


def _views(owner, manager) -> dict:
    """A saved view that the owner shares with a team in which the manager is, and one that was deleted."""
    owner.team = manager.team = TeamFactory(name="Creek")
    for person in (owner, manager):
        person.save()
    views = {
        "shared": save_view("listings", "On hold", "status=Hold", by=owner, for_team=True),
        "removed": save_view("listings", "Old", "status=Closed", by=owner),
    }
    remove_view(views["removed"], by=owner)
    return views


def _session(person) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _colleague():
    """Somebody with a second factor that an administrator may reset."""
    colleague = UserFactory(email="colleague@agency.test", full_name="Nadia Colleague")
    Authenticator.objects.create(user=colleague, type=Authenticator.Type.TOTP, data={})
    return colleague


def _listing(reference, owner) -> Listing:
    community = PlaceFactory(level="community", name=f"Community of {reference}")
    listing = ListingFactory(listing_id=reference, created_by=owner, unit__place__parent=community)
    set_price(listing, listing.list_price - 1000, version=listing.version, by=owner, reason="Owner agreed")
    move(listing, "Hold", version=listing.version, by=owner)
    move(listing, "Active", version=listing.version, by=owner)
    today = timezone.localdate()
    dates = {"listing_contract_date": today, "expiration_date": today + timedelta(days=90)}
    add_mandate(listing, Mandate(**dates), by=owner)
    add_permit(listing, Permit(number="7112884091", expiration_date=today + timedelta(days=60)), by=owner)
    add_note(listing, "Keys are at the desk", by=owner)
    listing.refresh_from_db()
    return listing


def _photo(listing, colour, owner) -> Photo:
    photo = add_photo(listing, picture(colour), by=owner)
    make_sizes(photo)
    photo.refresh_from_db()
    return photo


def picture(colour="orange") -> SimpleUploadedFile:
    """A small picture as a browser sends it."""
    content = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(content, "JPEG")
    return SimpleUploadedFile(f"{colour}.jpg", content.getvalue(), "image/jpeg")


def _imports(administrator, customer) -> dict:
    """An import whose columns are to be matched, one with rows to mend, and one that is done."""
    matching, ready, done = (importing.upload(_stock(n), source="walk", by=administrator) for n in range(3))
    for run in (matching, ready, done):
        importing.read(run, by=administrator)
    for run in (ready, done):
        importing.match(run, {}, by=administrator)
        run.refresh_from_db()
        importing.check(run, by=administrator)
    importing.start_import(done, skip_bad_rows=True, by=administrator)
    done.refresh_from_db()
    importing.apply(done, by=administrator)
    people = SimpleUploadedFile("people.csv", b"Id,Name,Phone\nP-1,Walked In,0501112233\nP-2,,\n")
    people = importing.upload(people, source="walk", subject="customers", by=administrator)
    importing.read(people, by=administrator)
    importing.match(people, {}, by=administrator)
    people.refresh_from_db()
    importing.check(people, by=administrator)
    CustomerRecord.objects.create(source="walk", key="P-0", customer=customer, first_run=people, last_run=people)
    return {"matching": matching, "ready": ready, "done": done, "people": people}


def _stock(number) -> SimpleUploadedFile:
    rows = [
        "Ref,Price (AED),Beds,Status,Purpose,Building,Unit",
        f"I-{number},1990000,2,Active,Sale,Import Tower,{number}1",
        f"J-{number},1990000,2,Live,Sale,Import Tower,{number}2",
        f"K-{number},1990000,2,Live,Sale,Import Tower,{number}3",
    ]
    return SimpleUploadedFile("stock.csv", "\n".join(rows).encode(), content_type="text/csv")


def _customers(owner) -> dict:
    """The owner's customer, one whom nobody took yet, and what is or was to be done for the first."""
    own = CustomerFactory(full_name="Walked Customer", created_by=owner)
    PhoneFactory(customer=own)
    EmailAddressFactory(customer=own)
    set_consent(own, "email", True, by=owner)
    write_note(own, "note", "Likes the marina", by=owner)
    return {
        "own": own,
        "waiting": CustomerFactory(created_by=owner, agent=None, waiting_since=timezone.now()),
        "task": TaskFactory(customer=own),
        "done": TaskFactory(customer=own, done_at=timezone.now(), done_by=owner),
        "search": RequirementFactory(customer=own, price_max=2_449_500, price_tolerance_percent=0),
    }


def _records(owner, administrator) -> dict:
    """A record that looks like the owner's customer, two that became one, and one that was erased."""
    left, right, erased = (CustomerFactory(full_name=f"Former Record {n}", created_by=owner) for n in range(3))
    return {
        "twin": CustomerFactory(full_name="Customer, Walked", created_by=owner),
        "merge": merge(left, right, {}, versions=(left.version, right.version), by=owner),
        "erasure": erase(erased, ground="Asked by mail", by=administrator),
    }


def _matching(customers, listing, owner) -> dict:
    """Rows of matching and of look-alikes that only Django admin shows."""
    search, (left, right) = customers["search"], sorted((customers["own"].pk, customers["waiting"].pk))
    sent = {"customer": customers["own"], "listing": listing, "channel": "email", "by": owner, "at": timezone.now()}
    return {
        "customers.duplicatepair": DuplicatePair.objects.create(left_id=left, right_id=right, found_at=timezone.now()),
        "matching.requirementplace": RequirementPlace.objects.create(requirement=search, place=PlaceFactory()),
        "matching.sending": Sending.objects.create(**sent),
        "matching.exchangerate": ExchangeRate.objects.create(currency="EUR", in_aed="4.2", source="The walk"),
    }


def _rows(administrator) -> dict:
    """Rows that only Django admin shows."""
    enqueue("tests.fail", by=administrator, word="x")
    job = ProcrastinateJob.objects.get(task_name="tests.fail")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job.pk])
    usage = Usage()
    usage.seen(Screen(timezone.localdate(), "listings:list", "agent", "desktop"), administrator.pk)
    usage.flush()
    return {
        "core.failedjob": keep_trouble(job.procrastinate_job, "No route", by=administrator),
        "core.submission": Submission.objects.create(key=uuid.uuid4(), by=administrator, path="/", status=302),
        "accounts.outgoingmail": OutgoingMail.objects.create(by=administrator, at=timezone.now()),
        "accounts.team": TeamFactory(name="Marina"),
        "accounts.user": get_user_model().objects.get(email="viewer@agency.test"),
        "customers.customer": Customer.objects.get(full_name="Walked Customer"),
    }
