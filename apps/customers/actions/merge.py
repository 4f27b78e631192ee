"""Two records that are one person become one, field by field as somebody chose, and apart again if that was wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.refusals import Conflict, NotAllowed, Refused
from apps.customers.actions.merge_rows import keep_outcome, move_everything, put_back, rows_now
from apps.customers.lookups import Payment, Source
from apps.customers.models import Customer, Merge, MergedRow
from apps.customers.policy import why_not_change

LEFT, RIGHT, BOTH = "left", "right", "both"
# Fields that people choose between. A name before a plus sign brings what belongs to it along.
CHOSEN = {
    "full_name": (),
    "company_name": (),
    "kind": (),
    "roles": (),
    "stage": (),
    "agent": ("team",),
    "language": (),
    "nationality": (),
    "source": ("campaign",),
    "payment": (),
    "moving_on": (),
    "summary": (),
}
MAY_BE_BOTH = ("roles", "summary")
SAYS_NOTHING = ("", None, [], Payment.UNKNOWN, Source.OTHER)
# While two are one, forms carry versions that neither had before nor will have after an undo.
VERSIONS_OF_A_MERGE = 1000


@dataclass(frozen=True)
class Undone:
    """What an undo brought about: the two customers, and the winner's fields that were changed since and stay."""

    winner: Customer
    loser: Customer
    kept_fields: list[str]


def why_not_merge(left: Customer, right: Customer, by) -> list[str]:
    """Why these two cannot become one by this person."""
    if not by.has_perm("customers.merge_customer"):
        return [_("Your role may not merge customers. Ask a manager.")]
    if left.pk == right.pk:
        return [_("This is one and the same customer. Choose another to merge with.")]
    return list(dict.fromkeys(why_not_change(left, by) + why_not_change(right, by)))


def default_choices(left: Customer, right: Customer) -> dict[str, str]:
    """Keep left, but for what only the right one says."""
    choices = {}
    for name in CHOSEN:
        mine, theirs = getattr(left, name), getattr(right, name)
        only_theirs = mine in SAYS_NOTHING and theirs not in SAYS_NOTHING
        both = name in MAY_BE_BOTH and mine != theirs and mine and theirs
        choices[name] = BOTH if both else RIGHT if only_theirs else LEFT
    return choices


def merged_values(left: Customer, right: Customer, choices: Mapping[str, str]) -> dict:
    """The fields of the customer that the two become."""
    values = {}
    for name, companions in CHOSEN.items():
        choice = choices.get(name, LEFT)
        if choice == BOTH and name in MAY_BE_BOTH:
            values[name] = _both(name, left, right)
        else:
            chosen = right if choice == RIGHT else left
            values |= {each: getattr(chosen, each) for each in (name, *companions)}
    # Who asked one of the two not to be contacted asked us; who was taken care of does not wait.
    values["do_not_contact"] = left.do_not_contact or right.do_not_contact
    waits = left.waiting_since is not None and right.waiting_since is not None and values["agent"] is None
    values["waiting_since"] = min(left.waiting_since, right.waiting_since) if waits else None
    return values


def _both(name, left, right):
    if name == "roles":
        return [*left.roles, *(role for role in right.roles if role not in left.roles)]
    return "\n\n".join(text for text in dict.fromkeys((left.summary.strip(), right.summary.strip())) if text)


@transaction.atomic
def merge(winner: Customer, loser: Customer, choices: Mapping[str, str], *, versions: tuple[int, int], by) -> Merge:
    """Take `loser` into `winner`: each field as chosen (left is the winner), and all that pointed at the loser moved.

    `versions` are those of winner and loser on the page where somebody chose. Returns what `undo_merge` needs.
    """
    rows = Customer.objects.select_for_update(of=["self"]).in_bulk(sorted([winner.pk, loser.pk]))
    winner, loser = rows[winner.pk], rows[loser.pk]
    NotAllowed.unless_empty(why_not_merge(winner, loser, by))
    if (winner.version, loser.version) != versions:
        raise Conflict(_("Somebody changed one of the two since you compared them. Compare again."), current=winner)
    done = Merge.objects.create(winner=winner, loser=loser, choices=dict(choices), by=by)
    values = merged_values(winner, loser, choices)
    try:
        with transaction.atomic():
            move_everything(done, winner, loser)
    except IntegrityError as error:
        raise Refused(
            _("The database refuses to move everything: %(reason)s.") % {"reason": error.__cause__.diag.message_primary}
        ) from error
    _write(winner, values | {"version": _first_version(winner, done)})
    _write(loser, {"merged_into": winner, "version": _first_version(loser, done)})
    keep_outcome(done)
    record("customer.merged", winner, by=by, merge=done.pk, other=loser.reference)
    return done


def _first_version(customer, done) -> int:
    return max(customer.version + 1, done.pk * VERSIONS_OF_A_MERGE)


def _write(customer, values):
    for name, value in values.items():
        setattr(customer, name, value)
    customer.save(update_fields=[*values, "modified_at"])


def why_not_undo(done: Merge, by) -> list[str]:
    """Why a merge cannot be undone by this person now."""
    if not by.has_perm("customers.merge_customer"):
        return [_("Your role may not undo a merge. Ask a manager.")]
    if done.undone_at is not None:
        return [_("This merge was undone already.")]
    if done.winner.erased_at is not None or done.loser.erased_at is not None:
        return [_("%(reference)s was erased, and with it what an undo needs.") % {"reference": done.winner.reference}]
    if done.winner.merged_into_id is not None:
        later = Merge.objects.filter(loser=done.winner, undone_at=None).select_related("winner").first()
        other = later.winner.reference if later else "another customer"
        return [
            _("%(reference)s was itself merged into %(other)s since. Undo that merge first.")
            % {"reference": done.winner.reference, "other": other}
        ]
    if later := Merge.objects.filter(winner=done.winner, undone_at=None, pk__gt=done.pk).select_related("loser").last():
        return [
            _("%(reference)s was merged into %(winner)s since. Undo that merge first.")
            % {"reference": later.loser.reference, "winner": done.winner.reference}
        ]
    return why_not_change(done.winner, by)


@transaction.atomic
def undo_merge(done: Merge, *, by) -> Undone:
    """Put both back as they were, to the byte.

    What people did since stays as they left it: what is new stays with the winner, what they changed keeps their value,
    what they removed stays removed.
    """
    Customer.objects.select_for_update(of=["self"]).in_bulk(sorted([done.winner_id, done.loser_id]))
    done = Merge.objects.select_for_update(of=["self"]).select_related("winner", "loser").get(pk=done.pk)
    NotAllowed.unless_empty(why_not_undo_by_role(by))
    Refused.unless_empty(why_not_undo(done, by))
    rows = rows_now(done)
    _put_back_all(rows)
    own = next(row for row in rows if row.model is Customer and row.row_key == str(done.winner_id))
    if "version" in own.since:  # a form that is open now shows what the undo changes
        Customer.objects.filter(pk=done.winner_id).update(version=F("version") + 1)
    MergedRow.objects.filter(merge=done).delete()
    done.undone_by, done.undone_at = by, timezone.now()
    done.save(update_fields=["undone_by", "undone_at"])
    winner, loser = Customer.objects.get(pk=done.winner_id), Customer.objects.get(pk=done.loser_id)
    record("customer.merge_undone", winner, by=by, merge=done.pk, other=loser.reference)
    record("customer.merge_undone", loser, by=by, merge=done.pk, other=winner.reference)
    return Undone(winner, loser, _labels(own.since))


def why_not_undo_by_role(by) -> list[str]:
    """Why this person's role may not."""
    return [] if by.has_perm("customers.merge_customer") else [_("Your role may not undo a merge. Ask a manager.")]


def _put_back_all(rows):
    try:
        with transaction.atomic():
            # Rows that moved make room first for those that were taken away.
            for row in sorted(rows, key=lambda row: (row.model is Customer, row.was_taken_away)):
                put_back(row)
    except IntegrityError as error:
        reason = error.__cause__.diag.message_primary
        raise Refused(
            _("What was added since stands where a row would have to go back: %(reason)s.") % {"reason": reason}
        ) from error


def _labels(columns) -> list[str]:
    """What people call fields of the winner that somebody changed since."""
    fields = {field.column: field for field in Customer._meta.concrete_fields}
    return [
        str(fields[name].verbose_name).capitalize()
        for name in columns
        if name in fields and fields[name].editable and name != "modified_at"
    ]
