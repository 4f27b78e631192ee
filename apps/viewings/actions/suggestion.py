"""Taking up what feedback suggests."""

from django.db import transaction

from apps.core.refusals import NotAllowed, Refused
from apps.viewings.events import record_viewing
from apps.viewings.models import Feedback
from apps.viewings.policy import why_not_change
from apps.viewings.suggestions import suggestions


@transaction.atomic
def accept(feedback: Feedback, reason: str, *, by) -> str:
    """Change the requirement as the suggestion for this reason says; the answer is what was done, in words."""
    NotAllowed.unless_empty(why_not_change(feedback.viewing, by))
    chosen = next((one for one in suggestions(feedback, by) if one.reason == reason), None)
    if chosen is None:
        raise Refused("That was changed already.")
    requirement = chosen.requirement
    for name, value in chosen.changes.items():
        setattr(requirement, name, value)
    requirement.version += 1
    requirement.save()
    done = chosen.question.rstrip("?؟")
    record_viewing(
        "viewing.feedback_taken", feedback.viewing, by=by, customers=[feedback.customer], told={"change": done}
    )
    return done
