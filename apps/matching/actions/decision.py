"""What a customer says to a listing, kept with what was seen then. Each is told to customer and listing."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.listings.models import Listing
from apps.matching.lookups import DismissReason, Verdict
from apps.matching.models import Decision, Requirement
from apps.matching.models.decision import what_is_seen
from apps.matching.policy import why_not_change_requirement


def why_not_decide(requirement: Requirement, by) -> list[str]:
    """Why this person may not write down what the customer says to a listing."""
    return why_not_change_requirement(requirement.customer, by)


@transaction.atomic
def mark_interested(requirement: Requirement, listing: Listing, *, by) -> Decision:
    """The customer wants to know more about this listing."""
    return _decide(requirement, listing, Verdict.INTERESTED, "matching.interested", by=by)


@transaction.atomic
def dismiss(requirement: Requirement, listing: Listing, reason: str, *, by, line: str = "") -> Decision:
    """The customer does not want this listing; it stays away until what was wrong with it changes."""
    if reason not in DismissReason.values:
        raise Refused(_("Say what was wrong: too dear, too small, too far, or something else."))
    return _decide(requirement, listing, Verdict.DISMISSED, "matching.dismissed", by=by, reason=reason, line=line)


@transaction.atomic
def take_back(requirement: Requirement, listing: Listing, *, by) -> None:
    """Forget what was decided (Undo): the listing is matched as if nobody had said anything."""
    NotAllowed.unless_empty(why_not_decide(requirement, by))
    rows = Decision.objects.filter(requirement=requirement, listing=listing)
    for decision in rows.select_for_update(of=["self"]):
        old = decision.verdict
        decision.delete()
        _tell(requirement, listing, "matching.decision_taken_back", by, old=old)


def mark_sent(requirement: Requirement, listing: Listing, *, by) -> Decision:
    """Part of sending: the listing was told to the customer. An interest that was there stays one."""
    known = Decision.objects.filter(requirement=requirement, listing=listing, verdict=Verdict.INTERESTED).first()
    return known or _decide(requirement, listing, Verdict.SENT, "", by=by)


def _decide(requirement, listing, verdict, verb, *, by, reason="", line="") -> Decision:
    NotAllowed.unless_empty(why_not_decide(requirement, by))
    values = {
        "verdict": verdict,
        "reason": reason,
        "line": line.strip()[:300],
        "seen": what_is_seen(requirement, listing),
        "by": by,
        "at": timezone.now(),
    }
    decision, _is_new = Decision.objects.update_or_create(requirement=requirement, listing=listing, defaults=values)
    if verb:
        why = DismissReason(reason).label.lower() if reason else ""
        _tell(requirement, listing, verb, by, reason=str(why), line=values["line"])
    return decision


def _tell(requirement, listing, verb, by, **data) -> None:
    """Both timelines: the customer's names the listing, the listing's names no customer (the door asks who may see)."""
    known = {name: value for name, value in data.items() if value and name != "line"}
    customer = requirement.customer
    record(verb, customer, by=by, listing=listing.pk, label=listing.label, requirement=requirement.pk, **data)
    record(verb, listing, by=by, customer=customer.pk, requirement=requirement.pk, **known)
