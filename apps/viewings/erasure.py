"""What an erasure does with viewings: the appointment stays, the person is taken off it."""

from apps.customers.erasing.registry import Kept, erases, keeps
from apps.viewings.models import Feedback, Viewing

erases("viewings.ViewingGuest", "Viewings that the person was a guest of")
erases("viewings.ViewingMail", "Mails about viewings")
erases("viewings.Feedback", "What was said after viewings", blank=("line",))

REASON = "The owner of the apartment is owed a report of viewings and verdicts. They name nobody."


@keeps
def viewings_without_the_person(subject) -> list[Kept]:
    """That an apartment was shown belongs to its owner's mandate."""
    return [
        Kept("Viewings, without the person", Viewing.objects.filter(guests__customer__in=subject.ids).count(), REASON),
        Kept(
            "Verdicts after viewings, without words",
            Feedback.objects.filter(customer__in=subject.ids).count(),
            REASON,
        ),
    ]
