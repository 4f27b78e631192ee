"""Who waits for an answer: enquiries from websites, and new customers whom nobody took. Each has a clock: answered
within a quarter of an hour, or too late.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, Exists, OuterRef, Value, When
from django.utils import timezone

from apps.core.counting import CHEAP_UP_TO, capped_counts
from apps.core.flags import is_on
from apps.customers.models import Customer
from apps.website import flags as website
from apps.website.enquiries.queries import own_of
from apps.website.enquiries.rows import age
from apps.website.models import Enquiry
from apps.website.models.enquiry import ANSWER_WITHIN

WITHIN = ANSWER_WITHIN // timedelta(minutes=1)
AMBER, RED = 5, 10  # minutes gone
IN_CARD = 6
MANY, ALIKE = 20, 3  # where more than that wait, more than that of the same words are one line


OWN, OTHERS = 0, 1  # what came for oneself is not hidden behind what waits for the whole team


@dataclass(frozen=True)
class Lead:
    """Somebody who waits since a moment, with or without an enquiry, and perhaps not known to be a customer yet;
    `css` is the colour of the clock, `words` how long.
    """

    customer: Customer | None
    since: datetime
    minutes: int
    enquiry: Enquiry | None = None
    more: int = 0  # enquiries besides this one: of the same person, or of the very same words
    turn: int = OTHERS

    @property
    def who(self) -> Customer | Enquiry:
        """Who it is: the customer, or the enquiry while nobody knows whose it is."""
        return self.customer or self.enquiry

    @property
    def page(self) -> str:
        """Where a click on the name leads: there it is answered."""
        return (self.enquiry or self.customer).get_absolute_url()

    @property
    def is_free(self) -> bool:
        """Whether somebody may take the customer."""
        return self.customer is not None and self.customer.agent_id is None

    @property
    def css(self) -> str:
        return colour(self.minutes)

    @property
    def words(self) -> str:
        return age(self.minutes)

    @property
    def about(self) -> str:
        """What is known of why they came."""
        if self.enquiry:
            return " ".join(self.enquiry.text.split())[:120] or self.enquiry.site.name
        return self.customer.summary or " · ".join([self.customer.get_source_display(), *self.customer.role_labels])

    @property
    def initials(self) -> str:
        return self.customer.initials if self.customer else "?"

    @property
    def hue(self) -> int:
        return self.customer.hue if self.customer else 0

    @property
    def full(self) -> int:
        """How many of the minutes within which it should be answered are gone."""
        return min(self.minutes, WITHIN)


def load(request, limit: int = IN_CARD) -> dict:
    """Who waits for an answer, one's own first, then the longest waiting: enquiries, and new customers nobody took."""
    customers, enquiries = waiting(request)
    counts = capped_counts(customers, enquiries, cap=CHEAP_UP_TO)
    now = timezone.now()
    shown = _grouped(enquiries, own_of(request.user), counts[1], limit) if counts[1] else ()
    leads = [
        Lead(one.customer, one.asked_at, minutes_since(one.asked_at, now), one, more, one.turn) for one, more in shown
    ]
    leads += [Lead(one, one.waiting_since, minutes_since(one.waiting_since, now)) for one in customers[:limit]]
    leads.sort(key=lambda lead: (lead.turn, lead.since))
    return {"leads": leads[:limit], "count": sum(counts), "within": WITHIN}


def _grouped(enquiries, own, count: int, limit: int) -> list[tuple[Enquiry, int]]:
    """The longest waiting enquiry of each person, and how many more there are; where many wait, one alone of the very
    same words too: a machine that fills in forms must not hide who else waits.
    """
    rows = enquiries.select_related("customer", "listing__unit__place", "site").defer("listing__search_vector")
    rows = rows.annotate(turn=Case(When(own, then=Value(OWN)), default=Value(OTHERS)))
    found, of_person = [], {}
    if count > MANY:
        alike = enquiries.order_by().exclude(text="").values("text").annotate(n=Count("pk")).filter(n__gt=ALIKE)
        floods = dict(alike.order_by("-n").values_list("text", "n")[:limit])
        first = rows.filter(text__in=list(floods)).order_by("text", "asked_at", "pk").distinct("text")
        found = [(one, floods[one.text] - 1) for one in first]
        rows = rows.exclude(text__in=list(floods))
    for one in rows.order_by("turn", "asked_at", "pk")[: limit * 5]:
        of_person.setdefault(one.customer_id or -one.pk, []).append(one)
    found += [(theirs[0], len(theirs) - 1) for theirs in of_person.values()]
    return sorted(found, key=lambda pair: (pair[0].turn, pair[0].asked_at))[:limit]


def waiting(request) -> tuple:
    """The new customers whom nobody took and the enquiries that nobody answered, of this person; nobody in both."""
    customers = Customer.objects.visible_to(request.user).waiting()
    if not is_on(website.WEBSITE, request):
        return customers, Enquiry.objects.none()
    enquiries = Enquiry.objects.to_answer(request.user)
    theirs = Enquiry.objects.open().filter(customer=OuterRef("pk")).order_by()
    return customers.filter(~Exists(theirs)), enquiries


def colour(minutes: int) -> str:
    """Of the clock: green, amber, red."""
    return "worse" if minutes >= RED else "late" if minutes >= AMBER else "good"


def minutes_since(moment, now) -> int:
    """Whole minutes gone."""
    return max(int((now - moment).total_seconds() // 60), 0)
