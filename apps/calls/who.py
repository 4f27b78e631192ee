"""Who is calling: somebody known, somebody of a colleague's, or somebody new. Read anew at each letter."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from apps.customers.finding import EMAIL, PHONE, REFERENCE, Hit, find_customers, who_has
from apps.customers.models import Customer, Note
from apps.customers.phones import home_region, is_number_like, parse, spoken
from apps.matching.models import Requirement
from apps.matching.views.words import title

MOST_SHOWN = 6
NOTES_SHOWN = 3


@dataclass
class Who:
    """What the page knows of the caller. `state` is empty, known, several, colleague or new."""

    state: str
    text: str = ""
    customer: Customer | None = None
    customers: list[Customer] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)
    spoken: str = ""
    sentence: str = ""
    colleague: object = None

    @property
    def is_new(self) -> bool:
        """Whether a name may be typed: it is nobody known for sure."""
        return self.state in ("empty", "several", "new")

    @property
    def searches(self) -> list[tuple[str, str]]:
        """What the customer looks for, to choose from."""
        return [(str(requirement.pk), title(requirement)) for requirement in self.requirements]


def who_calls(text: str, chosen: str, user) -> Who:
    """Who is meant by a number, e-mail, reference or name; `chosen` is the reference picked among several."""
    text = " ".join(text.replace("\x00", "").split())
    if not text:
        return Who("empty")
    hits = find_customers(text, user, MOST_SHOWN)
    for hit in hits:
        if hit.customer.reference == chosen or (len(hits) == 1 and _is_exact(hit, text)):
            return _known(text, hit.customer, user)
    if hits:
        return Who("several", text, customers=[hit.customer for hit in hits])
    taken = who_has(phone=text if is_number_like(text) else None, email=text)
    if taken:
        return _of_a_colleague(text, taken[0].customer)
    e164 = parse(text, home_region()) if is_number_like(text) else None
    return Who("new", text, spoken=spoken(e164, home_region()) if e164 else "")


def _known(text, customer, user) -> Who:
    requirements = Requirement.objects.visible_to(user).filter(customer=customer, is_active=True)
    return Who(
        "known",
        text,
        customer=customer,
        notes=list(customer.notes.select_related("by")[:NOTES_SHOWN]),
        requirements=list(requirements.order_by("-modified_at", "-pk")),
    )


def _of_a_colleague(text, customer) -> Who:
    """Somebody whom this person may not see: who looks after them is said, and nothing else."""
    if customer.agent is None:
        return Who("colleague", text, sentence=_("This person is here already. Ask a manager who looks after them."))
    sentence = _("%(agent)s looks after this person. What you note below goes to %(first)s as a message to call back.")
    words = {"agent": customer.agent, "first": customer.agent.short_name}
    return Who("colleague", text, sentence=sentence % words, colleague=customer.agent)


def _is_exact(hit: Hit, text: str) -> bool:
    """Whether the text is all of what it was found by: a whole number, address or reference, not a part or a name."""
    if hit.by == PHONE:
        return parse(text, home_region()) is not None
    return hit.by == REFERENCE or (hit.by == EMAIL and hit.matched.casefold() == text.casefold())
