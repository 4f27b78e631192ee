"""What feedback changes in the search: the decision on this listing, and the change that a person accepts."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core.refusals import NotAllowed, Refused
from apps.matching.actions.decision import dismiss, mark_interested, take_back, why_not_decide
from apps.matching.actions.requirement import save_requirement
from apps.matching.lookups import DismissReason
from apps.viewings.events import record_viewing
from apps.viewings.lookups import Reason, Verdict
from apps.viewings.models import Feedback
from apps.viewings.policy import why_not_change
from apps.viewings.suggestions import requirement_of, suggestions

# The reasons that matching knows, the weightier first; another is "other".
DISMISSED_AS = {
    Reason.TOO_DEAR: DismissReason.TOO_DEAR,
    Reason.TOO_SMALL: DismissReason.TOO_SMALL,
    Reason.BEDROOMS: DismissReason.TOO_SMALL,
    Reason.BATHROOMS: DismissReason.TOO_SMALL,
    Reason.AREA: DismissReason.TOO_FAR,
}


@transaction.atomic
def decide(feedback: Feedback, *, by) -> None:
    """Let matching know: liked is interest, no keeps the listing away until what was wrong changes, maybe neither."""
    requirement = requirement_of(feedback, by)
    if requirement is None or why_not_decide(requirement, by):
        return
    listing = feedback.viewing.listing
    if feedback.verdict == Verdict.LIKED:
        mark_interested(requirement, listing, by=by)
    elif feedback.verdict == Verdict.NO:
        reasons = [DISMISSED_AS[one] for one in DISMISSED_AS if one in feedback.reasons]
        dismiss(requirement, listing, [*reasons, DismissReason.OTHER][0], by=by, line=feedback.line)
    else:
        take_back(requirement, listing, by=by)


@transaction.atomic
def accept(feedback: Feedback, reason: str, *, by) -> str:
    """Change the requirement as the suggestion for this reason says; the answer is what was done, in words."""
    NotAllowed.unless_empty(why_not_change(feedback.viewing, by))
    chosen = next((one for one in suggestions(feedback, by) if one.reason == reason), None)
    if chosen is None:
        raise Refused(_("That was changed already."))
    save_requirement(feedback.customer, chosen.changes, by=by, requirement=chosen.requirement)
    done = chosen.question.rstrip("?؟")
    record_viewing(
        "viewing.feedback_taken", feedback.viewing, by=by, customers=[feedback.customer], told={"change": done}
    )
    return done
