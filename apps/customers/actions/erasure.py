"""Forgetting a person: what need not be kept is blanked, what must be kept is named with its reason."""

import json
from dataclasses import dataclass

import pgtrigger
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.encryption import decrypt, encrypt
from apps.core.events import record
from apps.core.queue import enqueue
from apps.core.refusals import NotAllowed, Refused
from apps.customers.erasing.copies import sweep
from apps.customers.erasing.linked import HISTORY, TIMELINE, blank_events, erase_linked, history_of
from apps.customers.erasing.registry import Kept, kept_of, parts, remove_files, searches
from apps.customers.erasing.subject import Subject, subject_of
from apps.customers.lookups import CustomerKind, Payment, Stage
from apps.customers.models import Customer, Erasure

BLANK = {
    "kind": CustomerKind.PERSON,
    "full_name": "",
    "company_name": "",
    "roles": [],
    "stage": Stage.DORMANT,
    "language": "",
    "nationality": "",
    "campaign": "",
    "agent": None,
    "team": None,
    "do_not_contact": True,
    "payment": Payment.UNKNOWN,
    "moving_on": None,
    "summary": "",
    "waiting_since": None,
    "last_contact_at": None,
}
PATIENCE = "10min"


@dataclass(frozen=True)
class Receipt:
    """What an erasure takes away, as (what, how much), and what it keeps and why."""

    blanked: list[tuple[str, int]]
    kept: list[Kept]


def why_not_erase(customer: Customer, by) -> list[str]:
    """Why this person may not erase this customer, or why it cannot be done."""
    if not by.has_perm("customers.erase_customer"):
        return [_("Only administrators erase a person's data. Ask one of them.")]
    if customer.erased_at is not None:
        return [_("%(reference)s was erased already.") % {"reference": customer.reference}]
    if customer.merged_into_id is not None:
        return [
            _("%(reference)s was merged into another customer. Erase that one: it reaches both.")
            % {"reference": customer.reference}
        ]
    return []


def rehearse(customer: Customer, *, by, searching: bool = False) -> Receipt:
    """What an erasure would do: it is done, counted and taken back. `searching`: also what the job after it removes."""
    NotAllowed.unless_empty(why_not_erase(customer, by))
    with transaction.atomic():
        subject = subject_of(customer)
        receipt = _forget(subject)
        if searching:
            receipt.blanked.extend(_search(subject))
        transaction.set_rollback(True)
    return receipt


@transaction.atomic
def erase(customer: Customer, *, ground: str, by) -> Erasure:
    """Blank what need not be kept of a customer and the records merged into it, and write a receipt.

    What points at the customer, its histories and timeline go at once; a job then searches everything else.
    """
    customer = Customer.objects.select_for_update(of=["self"]).get(pk=customer.pk)
    NotAllowed.unless_empty(why_not_erase(customer, by))
    if not ground.strip():
        raise Refused(_("Enter why the data are erased: who asked, and when."))
    subject = subject_of(customer)
    receipt = _forget(subject)
    erasure = Erasure.objects.create(
        customer=customer,
        ground=ground.strip()[:300],
        blanked=receipt.blanked,
        kept=[[kept.what, kept.count, kept.reason] for kept in receipt.kept],
        by=by,
    )
    record("customer.erased", customer, by=by)
    sealed = encrypt(json.dumps([subject.ids, subject.words]))
    enqueue("customers.search_erased", by=by, erasure_id=erasure.pk, sealed=sealed)
    return erasure


def _forget(subject: Subject) -> Receipt:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [PATIENCE])
    kept = kept_of(subject)
    counts = {what: remove(subject) for what, remove in parts()}
    linked = erase_linked(subject.ids)
    linked[TIMELINE] = linked.get(TIMELINE, 0) + blank_events(Customer, subject.ids)
    linked[HISTORY] = linked.get(HISTORY, 0) + _blank_customers(subject)
    blanked = {"Names and facts of the customer": len(subject.ids)} | linked | counts
    return Receipt([(what, count) for what, count in blanked.items() if count], kept)


def _search(subject: Subject) -> list[tuple[str, int]]:
    """Remove what is only found by reading whole tables."""
    counts = [(what, remove(subject)) for what, remove in searches()]
    return [(what, count) for what, count in counts if count]


def _blank_customers(subject) -> int:
    """Empty the records themselves, then forget what they were."""
    records = Customer.objects.filter(pk__in=subject.ids)
    records.update(**BLANK, erased_at=timezone.now())
    for customer in records:
        customer.version += 1
        customer.save(update_fields=["version", "modified_at"])
    return history_of(Customer)._base_manager.filter(pgh_obj_id__in=subject.ids).delete()[0]


def search_everything(erasure: Erasure, sealed: str) -> Erasure:
    """Take the erased person's words out of every text of the database and delete files that hold them.

    It reads everything, so it is a job. What it found is added to the receipt.
    """
    ids, words = json.loads(decrypt(sealed))
    subject = Subject(erasure.customer, tuple(ids), tuple(words))
    with transaction.atomic(), pgtrigger.ignore(*_trackers()):
        found = _search(subject)
        mentions = sum(sweep(words, subject.pattern).values())
    extra = [*found, ("Mentions in other texts", mentions), ("Files", remove_files(words))]
    with transaction.atomic():
        erasure = Erasure.objects.select_for_update().get(pk=erasure.pk)
        erasure.blanked = [*erasure.blanked, *([what, count] for what, count in extra if count)]
        erasure.searched_at = timezone.now()
        erasure.save(update_fields=["blanked", "searched_at"])
    return erasure


def _trackers() -> list[str]:
    """Triggers that would keep the old texts in the histories."""
    return [
        f"{model._meta.label}:{trigger.name}"
        for model, trigger in pgtrigger.registered()
        if trigger.name.startswith(("update_", "delete_")) and type(trigger).__module__.startswith("pghistory")
    ]
