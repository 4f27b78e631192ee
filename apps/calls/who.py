"""Who is calling: somebody known, somebody of a colleague's, or somebody new. Read anew at each letter."""

from dataclasses import dataclass, field

from django.db.models import Case, When
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.customers.finding import (
    EMAIL,
    PHONE,
    REFERENCE,
    Hit,
    find_customers,
    is_reference,
    who_has,
    whose_reference,
)
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
    colleague: object = None  # to whom the call goes where the caller is not this person's customer
    theirs: Customer | None = None  # never shown: of whom the colleague is told

    @property
    def is_new(self) -> bool:
        """Whether a name may be typed: it is nobody known for sure."""
        return self.state in ("empty", "several", "new")

    @property
    def name(self) -> str:
        """What was typed, where that may be somebody's name."""
        return "" if "@" in self.text or is_number_like(self.text) or is_reference(self.text) else self.text

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
    theirs = taken[0].customer if taken else whose_reference(text)
    if theirs:
        return _of_a_colleague(text, theirs, user)
    if is_reference(text):
        return Who("new", text, sentence=_("No customer has this reference. Enter the number or the name."))
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


def _of_a_colleague(text, customer, user) -> Who:
    """Somebody whom this person may not see: who looks after them is said, and nothing else. Where nobody does, or who
    did has left, it goes to a manager.
    """
    agent = customer.agent if customer.agent and customer.agent.is_active else None
    to = agent or User.objects.agents().filter(role=Role.MANAGER).order_by(_elsewhere(user), "pk").first()
    if to is None:
        return Who("colleague", text, sentence=_("This person is here already. Ask a manager who looks after them."))
    sentence = _("This person is here already. What you save goes to %(first)s, a manager, as a message to call back.")
    if agent:
        sentence = _(
            "%(agent)s looks after this person. What you save goes to %(first)s: your note, what they want, and the"
            " viewings that you ask for."
        )
    words = {"agent": to, "first": to.short_name}
    return Who("colleague", text, sentence=sentence % words, colleague=to, theirs=customer)


def _elsewhere(user) -> Case:
    """Managers of this person's own team first."""
    return Case(When(team=user.team_id, then=0), default=1) if user.team_id else Case(default=1)


def _is_exact(hit: Hit, text: str) -> bool:
    """Whether the text is all of what it was found by: a whole number, address or reference, not a part or a name."""
    if hit.by == PHONE:
        return parse(text, home_region()) is not None
    return hit.by == REFERENCE or (hit.by == EMAIL and hit.matched.casefold() == text.casefold())
