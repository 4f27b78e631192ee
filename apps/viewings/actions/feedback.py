"""What the customer thought, and telling it to the owner."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.refusals import NotAllowed, Refused
from apps.viewings.actions.booking import mark_done
from apps.viewings.events import record_viewing
from apps.viewings.lookups import CALLED_OFF, Reason, Verdict
from apps.viewings.mails.outbox import put_feedback_in_outbox
from apps.viewings.mails.recipients import why_not_mail
from apps.viewings.models import Feedback, Viewing, ViewingGuest
from apps.viewings.owner_words import owner_of
from apps.viewings.policy import why_not_change

LONGEST_LINE = 300


def why_not_give_feedback(viewing: Viewing, by) -> list[str]:
    """Why this person may not write down what the customer thought, or why nobody may yet."""
    why_not = why_not_change(viewing, by)
    if why_not:
        return why_not
    if viewing.showing_status in CALLED_OFF:
        return [_("The viewing did not take place.")]
    if viewing.starts_at > timezone.now():
        return [_("The viewing has not begun yet.")]
    return []


@transaction.atomic
def give_feedback(
    viewing: Viewing, customer, verdict: str, *, by, reasons: Iterable[str] = (), line: str = ""
) -> Feedback:
    """Write down what the customer thought; said again, it replaces what was said. The viewing counts as shown."""
    NotAllowed.unless_empty(why_not_change(viewing, by))
    Refused.unless_empty(why_not_give_feedback(viewing, by))
    reasons = [reason for reason in Reason.values if reason in set(reasons)]
    if verdict not in Verdict.values:
        raise Refused(_("Say whether they liked it."))
    line = " ".join(line.replace("\x00", "").split())
    if len(line) > LONGEST_LINE:
        raise Refused(_("The line is longer than %(most)s characters. Shorten it.") % {"most": LONGEST_LINE})
    row = Viewing.objects.select_for_update(of=("self",)).get(pk=viewing.pk)
    if not ViewingGuest.objects.filter(viewing=row, customer=customer).exists():
        raise Refused(_("%(customer)s is not on this viewing.") % {"customer": customer.label})
    known = Feedback.objects.filter(viewing=row, customer=customer).first()
    feedback = known or Feedback(viewing=row, customer=customer)
    feedback.verdict, feedback.reasons, feedback.line = verdict, reasons, line
    feedback.by, feedback.at = by, timezone.now()
    feedback.save()
    if row.done_at is None:
        mark_done(row, by=by)
        viewing.done_at, viewing.version = row.done_at, row.version
    record_viewing(
        "viewing.feedback_given",
        row,
        by=by,
        customers=[customer],
        told={"line": feedback.line, "thought": str(Verdict(verdict).label).lower()},
        verdict=verdict,
        reasons=reasons,
    )
    return feedback


def why_not_tell_owner(feedback: Feedback, by) -> list[str]:
    """Why this person may not tick that the owner was told."""
    return why_not_change(feedback.viewing, by)


@transaction.atomic
def tell_owner(feedback: Feedback, *, by, told: bool = True) -> Feedback:
    """Tick that the owner was told what the customer thought; `told=False` takes the tick back."""
    NotAllowed.unless_empty(why_not_tell_owner(feedback, by))
    row = Feedback.objects.select_for_update(of=("self",)).get(pk=feedback.pk)
    if (row.told_owner_at is not None) == told:
        return row
    row.told_owner_at, row.told_owner_by = (timezone.now(), by) if told else (None, None)
    row.save(update_fields=["told_owner_at", "told_owner_by"])
    verb = "viewing.owner_told" if told else "viewing.owner_not_told"
    record_viewing(verb, feedback.viewing, by=by, customers=[])
    return row


def why_not_mail_owner(feedback: Feedback, by) -> list[str]:
    """Why the owner cannot be told by a mail from here."""
    owner = owner_of(feedback.viewing.listing)
    if owner is None:
        return [_("The owner is not known.")]
    if feedback.told_owner_at:
        return [_("The owner is told already.")]
    return why_not_tell_owner(feedback, by) or why_not_mail(owner)


@transaction.atomic
def mail_owner(feedback: Feedback, *, by) -> Feedback:
    """Mail the owner the prepared text, and tick that they are told."""
    NotAllowed.unless_empty(why_not_tell_owner(feedback, by))
    Refused.unless_empty(why_not_mail_owner(feedback, by))
    put_feedback_in_outbox(feedback, owner_of(feedback.viewing.listing), by=by)
    return tell_owner(feedback, by=by)
