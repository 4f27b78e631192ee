"""What an erasure does with the rows of this app: that a listing was shown and liked stays, what was typed goes."""

from django.apps import apps
from django.db.models import F, Func

from apps.core.models import Event
from apps.customers.erasing.registry import Kept, erases, forgets, keeps
from apps.viewings.models import Feedback, Viewing

erases("viewings.ViewingGuest", "Viewings: who came", blank=())
erases("viewings.Feedback", "Feedback after viewings", blank=("line",))
erases("viewings.ViewingMail", "Mails about viewings", blank=("why_not",))

TEXTS = {"access_notes": "", "why_called_off": ""}


@forgets("Meeting points and reasons of viewings")
def forget_texts(subject) -> int:
    """What people typed about the viewings this person came to, now, earlier, and on timelines."""
    keys = list(Viewing.objects.filter(guests__customer__in=subject.ids).values_list("pk", flat=True))
    history = apps.get_model("viewings", "ViewingHistory")
    history.objects.filter(pgh_obj_id__in=keys).update(**TEXTS)
    said = Event.objects.filter(verb__startswith="viewing.", data__viewing__in=keys, data__has_key="reason")
    said.update(data=Func(F("data"), template="(%(expressions)s - 'reason'::text)"))
    return Viewing.objects.filter(pk__in=keys).exclude(**TEXTS).update(**TEXTS)


@keeps
def viewings_without_the_person(subject) -> list[Kept]:
    """That an apartment was shown belongs to its owner's mandate."""
    reason = "The owner of the apartment is owed a report of viewings and verdicts. They name nobody."
    shown = Viewing.objects.filter(guests__customer__in=subject.ids).count()
    verdicts = Feedback.objects.filter(customer__in=subject.ids).count()
    return [
        Kept("Viewings, without the person", shown, reason),
        Kept("Verdicts after viewings, without words", verdicts, reason),
    ]
