"""What the demo agency has on its books: the same 150 units on every run, their dates counted back from today."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from apps.listings.demo.people import AGENTS, LAYLA, OMAR, PRIYA, TOM
from apps.listings.demo.places import BUILDINGS
from apps.listings.demo.stock import MADE_BY_HAND
from apps.listings.demo.texts import CANCELED_REASON, HOLD_REASON, WITHDRAWN_REASON
from apps.listings.demo.units import UnitPlan, draw_unit
from apps.listings.illustrations.palettes import Light
from apps.listings.lookups import FeeFrequency, ListingAgreement, PropertyType
from apps.listings.lookups import StandardStatus as S

UNITS = 150
SEED = 20261121
RENT_YIELD = Decimal("0.065")

# How a listing came to where it stands: status and days from the step before, oldest first.
LIVES = {
    S.INCOMPLETE: (),
    S.COMING_SOON: ((S.COMING_SOON, 3),),
    S.ACTIVE: ((S.ACTIVE, 2),),
    S.ACTIVE_UNDER_CONTRACT: ((S.ACTIVE, 2), (S.ACTIVE_UNDER_CONTRACT, 31)),
    S.PENDING: ((S.ACTIVE, 2), (S.ACTIVE_UNDER_CONTRACT, 24), (S.PENDING, 12)),
    S.HOLD: ((S.ACTIVE, 4), (S.HOLD, 20)),
    S.CLOSED: ((S.ACTIVE, 3), (S.ACTIVE_UNDER_CONTRACT, 35), (S.PENDING, 10), (S.CLOSED, 14)),
    S.WITHDRAWN: ((S.COMING_SOON, 2), (S.ACTIVE, 6), (S.WITHDRAWN, 30)),
    S.EXPIRED: ((S.ACTIVE, 2), (S.EXPIRED, 88)),
    S.CANCELED: ((S.COMING_SOON, 3), (S.CANCELED, 16)),
}
EARLIER = ((S.ACTIVE, 3), (S.CLOSED, 40))
REASONS = {S.HOLD: HOLD_REASON, S.WITHDRAWN: WITHDRAWN_REASON, S.CANCELED: CANCELED_REASON}
# Of each hundred units, how many stand here now.
NOW = ((S.ACTIVE, 58), (S.ACTIVE_UNDER_CONTRACT, 8), (S.PENDING, 6), (S.COMING_SOON, 6), (S.HOLD, 5), (S.INCOMPLETE, 7),
       (S.CLOSED, 5), (S.WITHDRAWN, 2), (S.EXPIRED, 2), (S.CANCELED, 1))  # fmt: skip
# Days until mandates and permits end, counted from today; None is: there is none.
MANDATE_DAYS = (140, 76, 61, 44, 27, 20, 12, 9, 3, 0, -1, -9, -40, 85, 58, 33, None)
PERMIT_DAYS = (200, 120, 95, 60, 31, 25, 14, 7, 1, 0, -1, -30, 150, 75, None)


@dataclass(frozen=True)
class ListingPlan:
    """One time on the market. Days count back from today, except `mandate_days` and `permit_days`, which look ahead."""

    property_type: str
    status: str
    agent: str
    taken_on: int
    prices: tuple[tuple[int, Decimal], ...]
    light: Light
    mandate_days: int | None = None
    mandate_length: int = 90
    agreement: str = ListingAgreement.EXCLUSIVE_SELL
    permit_days: int | None = None
    permit_number: str = ""
    consent: bool = True
    photos: int = 7
    notes: int = 0
    frequency: str = ""
    is_earlier: bool = False

    @property
    def steps(self) -> list[tuple[int, str, str]]:
        """(days ago, status, reason), oldest first; the life ends no later than yesterday."""
        steps, day = [], self.taken_on
        for status, after in EARLIER if self.is_earlier else LIVES[self.status]:
            day = max(day - after, 1)
            steps.append((day, status, REASONS.get(status, "")))
        return steps


@dataclass(frozen=True)
class Plan:
    """A unit and its times on the market, oldest first."""

    unit: UnitPlan
    listings: list[ListingPlan] = field(default_factory=list)


def demo_plan() -> list[Plan]:
    """Every unit of the demo. Those that open the list were made by hand and stand last, so that they changed last."""
    rng = Random(SEED)  # noqa: S311 - demo rows, not secrets
    by_hand = [_by_hand(rng, facts) for facts in MADE_BY_HAND]
    taken = {(plan.unit.building, plan.unit.number) for plan in by_hand}
    statuses = [status for status, share in NOW for _ in range(share)]
    rng.shuffle(statuses)
    drawn = []
    buildings = [building for building in BUILDINGS.values() for _ in range(3)]
    for index in range(UNITS - len(by_hand)):
        unit = draw_unit(rng, buildings[index % len(buildings)], taken)
        taken.add((unit.building, unit.number))
        drawn.append(Plan(unit, _listings(rng, unit, statuses[index % len(statuses)], AGENTS[index % len(AGENTS)])))
    return drawn + by_hand[::-1]


def _listings(rng: Random, unit: UnitPlan, status: str, agent: str) -> list[ListingPlan]:
    """The present listing, for every fifth unit after earlier ones, and for some beside one for the other purpose."""
    is_lease = rng.random() < 0.38
    listings = []
    if rng.random() < 0.2:
        listings += [
            _listing(rng, unit, S.CLOSED, agent, True, years * 365) for years in range(rng.randint(1, 2), 0, -1)
        ]
    if rng.random() < 0.06 and status == S.ACTIVE:
        listings.append(_listing(rng, unit, status, agent, not is_lease, 0))
    listings.append(_listing(rng, unit, status, agent, is_lease, 0))
    return listings


def _listing(rng: Random, unit: UnitPlan, status: str, agent: str, is_lease: bool, years_ago: int) -> ListingPlan:
    needed = sum(days for _, days in LIVES[status]) + 1
    taken_on = years_ago + needed + rng.randint(0, 60 if status != S.INCOMPLETE else 12)
    is_draft = status == S.INCOMPLETE
    sale = ListingAgreement.EXCLUSIVE_SELL if rng.random() < 0.7 else ListingAgreement.OPEN
    frequency = FeeFrequency.MONTHLY if rng.random() < 0.15 else FeeFrequency.ANNUALLY
    return ListingPlan(
        property_type=PropertyType.RESIDENTIAL_LEASE if is_lease else PropertyType.RESIDENTIAL,
        status=status,
        agent=agent,
        taken_on=taken_on,
        prices=_prices(rng, unit, is_lease, frequency, taken_on, years_ago)
        if not is_draft or rng.random() < 0.6
        else (),
        light=rng.choice(tuple(Light)),
        mandate_days=None if years_ago or (is_draft and rng.random() < 0.5) else rng.choice(MANDATE_DAYS),
        mandate_length=rng.choice((90, 90, 90, 180)),
        agreement=ListingAgreement.EXCLUSIVE_LEASE if is_lease else sale,
        permit_days=None if years_ago or is_draft else rng.choice(PERMIT_DAYS),
        permit_number=f"71{rng.randrange(10**8, 10**9):09d}",
        consent=not is_draft and rng.random() < 0.9,
        photos=rng.choice((0, 0, 1, 2)) if is_draft else rng.choice((4, 5, 6, 7, 8, 9)),
        notes=0 if years_ago else rng.choice((0, 0, 1, 1, 2)),
        frequency=frequency if is_lease else "",
        is_earlier=years_ago > 0,
    )


def _prices(rng, unit, is_lease, frequency, taken_on, years_ago) -> tuple[tuple[int, Decimal], ...]:
    """(days ago, price): the first, and for every third listing one or two changes, mostly down."""
    value = unit.value * Decimal(str(rng.uniform(0.94, 1.09))) * (1 - Decimal("0.06") * (years_ago // 365))
    per = 12 if frequency == FeeFrequency.MONTHLY else 1
    price, unit_of = (value * RENT_YIELD / per, 500) if is_lease else (value, 5000)
    prices = [(taken_on, _rounded(price, unit_of))]
    for _ in range(0 if years_ago else rng.choice((0, 0, 1, 2))):
        day = prices[-1][0] - rng.randint(9, 30)
        if day <= years_ago:
            break
        factor = Decimal(str(rng.choice((0.98, 0.965, 0.95, 0.94, 1.015))))
        prices.append((day, _rounded(prices[-1][1] * factor, unit_of)))
    return tuple(prices)


def _rounded(amount: Decimal, to: int) -> Decimal:
    return Decimal(max(1, round(amount / to)) * to)


def _by_hand(rng: Random, facts: dict) -> Plan:
    unit = draw_unit(rng, BUILDINGS[facts["building"]], set(), facts["unit"])
    unit = replace(unit, value=facts["prices"][-1][1], **facts.get("words", {}))
    agent = {"Layla": LAYLA, "Omar": OMAR, "Priya": PRIYA, "Tom": TOM}[facts["agent"]]
    listing = ListingPlan(
        property_type=PropertyType.RESIDENTIAL,
        agent=agent,
        permit_days=facts["permit_days"],
        permit_number=facts.get("permit", f"71{rng.randrange(10**8, 10**9):09d}"),
        mandate_length=180 if facts["mandate_days"] > 85 else 90,
        notes=2,
        photos=facts.get("photos", 8),
        **{name: facts[name] for name in ("status", "taken_on", "prices", "light", "mandate_days")},
    )
    earlier = [_listing(rng, unit, S.CLOSED, agent, True, years * 365) for years in facts.get("let_years_ago", ())]
    return Plan(unit, [*earlier, listing])
