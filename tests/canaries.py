"""Texts that some may read and others may not, planted wherever such texts are, and what a page says of them."""

import io
import re
import uuid
import zipfile
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.utils import timezone

from apps.accounts.actions.saved_view import save_view
from apps.calls.models import CallDraft
from apps.core.events import record
from apps.core.models import FailedJob, Submission
from apps.customers.actions.consent import set_consent
from apps.customers.actions.customer import add_customer, edit_customer
from apps.customers.actions.erasure import erase
from apps.customers.actions.merge import default_choices, merge
from apps.customers.actions.note import add_note
from apps.customers.actions.task import add_task
from apps.customers.models import Customer
from apps.imports.models import ImportRow
from apps.listings.actions.note import add_note as add_listing_note
from apps.listings.models import Listing, Unit
from apps.matching.models import Sending
from apps.website.enquiries.actions.enquiry import take_in
from apps.website.enquiries.intake.message import Message
from tests.factories import RequirementFactory, ViewingFactory
from tests.walk_world import World

EVERYBODY = {"viewer", "marketing", "owner", "other", "manager", "administrator"}
ABOVE = {"manager", "administrator"}
AGENTS = {"owner", "other"} | ABOVE
NOBODY: set[str] = set()
BETWEEN_DIGITS = re.compile(r"[\s\-()\u00a0\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
WITHIN_ZIP = (b"PK\x03\x04",)


@dataclass(frozen=True)
class Canary:
    """A text, where it was planted, and which actors may read it."""

    where: str
    token: str
    seen_by: frozenset

    def sings_in(self, text: str) -> bool:
        """Whether it is there; an amount stands by itself, and is no part of a time such as 10:41:58.730412."""
        if self.token.replace(".", "").isdigit() and "." in self.token:
            return re.search(rf"(?<!\d){re.escape(self.token)}(?!0*[1-9])", text) is not None
        return self.token in text


@dataclass
class Nest:
    """All canaries, and the rows that hold them, by the names of address parameters."""

    canaries: list[Canary] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)
    keys: dict[str, list[int]] = field(default_factory=dict)
    numbers: count = field(default_factory=lambda: count(10))

    def word(self, where: str, seen_by: set[str]) -> str:
        """A word that is nowhere else."""
        return self._keep(where, f"kanari{next(self.numbers)}x", seen_by)

    def phone(self, where: str, seen_by: set[str]) -> str:
        """A number as people type it; looked for by its last nine digits."""
        return "0" + self._keep(where, f"5099066{next(self.numbers)}", seen_by)

    def amount(self, where: str, text: str, seen_by: set[str]) -> str:
        """A number that is nowhere else."""
        return self._keep(where, text, seen_by)

    def _keep(self, where, token, seen_by):
        self.canaries.append(Canary(where, token, frozenset(seen_by)))
        return token


def plant(world: World) -> Nest:
    """Canaries in customers of two agents, in the owner's listing, and in what only some may open."""
    nest, people = Nest(), world.people
    owner, other, administrator = people["owner"], people["other"], people["administrator"]
    own = _customer(nest, "own", owner, {"owner"} | ABOVE)
    _customer(nest, "others", other, {"other"} | ABOVE)
    waiting = {"full_name": nest.word("waiting name", AGENTS), "phones": [nest.phone("waiting phone", AGENTS)]}
    nest.references["waiting"] = add_customer(waiting, by=owner, agent=None, waiting=True).reference
    _merged(nest, own, owner)
    _erased(nest, owner, administrator)
    _listing(nest, world, owner)
    _belongings(nest, world, own, owner, administrator)
    return nest


def _customer(nest, whose, agent, seen_by) -> Customer:
    def word(what):
        return nest.word(f"{whose} customer's {what}", seen_by)

    details = {
        "full_name": f"Kanari {word('earlier name')}",
        "company_name": word("company"),
        "summary": word("summary"),
        "campaign": word("campaign"),
        "nationality": word("nationality"),
        "phones": [nest.phone(f"{whose} customer's earlier phone", seen_by)],
        "emails": [f"{word('e-mail')}@kanari.test"],
    }
    customer = add_customer(details, by=agent)
    changes = {
        "full_name": f"Kanari {word('name')}",
        "phones": [nest.phone(f"{whose} customer's phone", seen_by)],
    }
    customer = edit_customer(customer, customer.version, changes, by=agent)
    set_consent(customer, "email", True, source=word("consent"), by=agent)
    add_note(customer, "call", word("note"), by=agent)
    task = add_task(customer, word("task"), timezone.localdate(), agent, by=agent)
    search = RequirementFactory(customer=customer, price_max=2_600_000)
    nest.references[whose] = customer.reference
    nest.keys.setdefault("tasks", []).append(task.pk)
    nest.keys.setdefault("matching", []).append(search.pk)
    customer.refresh_from_db()
    return customer


def _merged(nest, own, owner):
    seen = {"owner"} | ABOVE
    details = {"full_name": nest.word("merged name", seen), "phones": [nest.phone("merged phone", seen)]}
    loser = add_customer(details, by=owner)
    choices = default_choices(own, loser)
    merge(own, loser, choices, versions=(own.version, loser.version), by=owner)
    nest.references["merged"] = loser.reference


def _erased(nest, owner, administrator):
    details = {"full_name": nest.word("erased name", NOBODY), "phones": [nest.phone("erased phone", NOBODY)]}
    customer = add_customer(details, by=owner)
    add_note(customer, "note", nest.word("erased note", NOBODY), by=owner)
    save_view("customers", details["full_name"], urlencode({"q": details["phones"][0], "stage": "new"}), by=owner)
    record("customer.exported", owner, by=owner, kind="csv", asked=urlencode({"q": details["full_name"]}))
    erase(customer, ground="Asked by mail", by=administrator)
    nest.references["erased"] = customer.reference


def _listing(nest, world, owner):
    colleagues, mine = EVERYBODY - {"viewer"}, {"owner"} | ABOVE
    details = {
        "full_name": nest.word("owner's name", mine),
        "phones": [nest.phone("owner's phone", mine)],
        "emails": [f"{nest.word('owner e-mail', mine)}@kanari.test"],
    }
    Unit.objects.filter(pk=world.listing.unit_id).update(owner=add_customer(details, by=owner))
    Listing.objects.filter(pk=world.listing.pk).update(
        private_remarks=nest.word("private remarks", colleagues),
        showing_instructions=nest.word("keys", colleagues),
        commission_percent=nest.amount("commission", "8.73", mine),
    )
    add_listing_note(world.listing, nest.word("note on a listing", colleagues), by=owner)
    Listing.objects.filter(pk=world.draft.pk).update(
        title=nest.word("title of a draft", colleagues), public_remarks=nest.word("text of a draft", colleagues)
    )
    Listing.objects.filter(pk=world.deleted.pk).update(title=nest.word("deleted listing", {"administrator"}))


def _belongings(nest, world, own, owner, administrator):
    mine = {"owner"} | ABOVE
    viewing = ViewingFactory(listing=world.listing, created_by=owner, customers=[own])
    nest.keys["viewings"] = [viewing.pk]
    text = nest.word("what was sent", mine)
    Sending.objects.create(customer=own, listing=world.listing, channel="email", text=text, by=owner, at=timezone.now())
    sought = urlencode({"status": "Hold", "q": nest.word("what somebody's view looks for", {"owner", "administrator"})})
    save_view("listings", nest.word("somebody's view", {"owner", "administrator"}), sought, by=owner)
    _enquiries(nest, world, own)
    words = nest.word("call not saved", {"owner", "administrator"})
    CallDraft.objects.create(key=uuid.uuid4(), user=owner, fields={"full_name": words}, label=words)
    cell = nest.word("cell of an import", ABOVE)
    ImportRow.objects.filter(run=world.imports["ready"], number=2).update(raw={"Ref": cell}, label=cell)
    Submission.objects.create(
        key=uuid.uuid4(), by=owner, path="/", status=200, body=nest.word("answer to a form", NOBODY)
    )
    FailedJob.objects.create(
        job_id=10**9,
        task="x",
        arguments={"to": nest.word("argument of a job", {"administrator"})},
        message="",
        attempts=1,
        by=administrator,
        failed_at=timezone.now(),
    )


def _enquiries(nest, world, own):
    """One of somebody new on the owner's listing, and one that might be from two of whom one is a colleague's."""
    site, mine = world.website["site"], {"owner"} | ABOVE
    system = get_user_model().objects.system()
    known = own.phones.first().e164
    colleagues = {"full_name": nest.word("possible customer's name", {"other"} | ABOVE), "emails": ["it@form.test"]}
    add_customer(colleagues, by=world.people["other"])
    asked = [
        {"phone": nest.phone("enquiry's phone", mine)},
        {"phone": known, "email": "it@form.test"},
    ]
    rows = []
    for number, contact in enumerate(asked):
        texts = {name: nest.word(f"enquiry {number}'s {name}", mine) for name in ("name", "text", "campaign")}
        message = Message(f"kanari-{number}", reference=world.listing.listing_id, **texts, **contact)
        rows.append(take_in(site, message, by=system).enquiry.pk)
    nest.keys["enquiries"] = rows


def said(response) -> str:
    """All that an answer says, headers and files within files too, without what stands between digits."""
    content = response.getvalue() if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    if kind.startswith("image/"):
        return headers
    return BETWEEN_DIGITS.sub("", f"{headers} {_text(content)}").lower()


def _text(content: bytes) -> str:
    if not content.startswith(WITHIN_ZIP):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
