"""Records that look like one person: the same phone or e-mail, or a name that sounds alike in the same building.

One statement finds the pairs, for all customers (at night) or for those that touch some (after a change, on a page). It
groups by what is shared, so its cost follows the number of rows and not of pairs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from apps.customers.finding import who_has
from apps.customers.models import Customer, DuplicatePair, Likeness

# A number that more people share than this is a switchboard's, and a name in a building a family's.
MOST_SHARING = 20
SCORES = {Likeness.PHONE: 50, Likeness.EMAIL: 50, Likeness.NAME: 30, Likeness.BUILDING: 20}

# SQL that yields (customer_id, place_id) for customers who belong to a building. Apps that know buildings add theirs.
_buildings: dict[str, str] = {}

HERE = "c.merged_into_id IS NULL AND c.erased_at IS NULL"
# The words of a name in order of the alphabet: “Farsi Omar” is “Omar Farsi”.
WORDS = "(SELECT string_agg(w, ' ' ORDER BY w) FROM unnest(string_to_array(btrim(c.name_sound), ' ')) w)"
# All words of the shorter name are words of the longer.
ALIKE = (
    "a.name_sound <> '' AND b.name_sound <> '' AND"
    " (string_to_array(btrim(a.name_sound), ' ') <@ string_to_array(btrim(b.name_sound), ' ')"
    " OR string_to_array(btrim(b.name_sound), ' ') <@ string_to_array(btrim(a.name_sound), ' '))"
)


def tell_buildings(name: str, sql: str) -> None:
    """Let customers whom this SQL ties to one building be found by their name; called once by an app at start."""
    _buildings[name] = sql


@dataclass(frozen=True)
class Found:
    """Two customers by key, the lower first, and what they have in common."""

    left_id: int
    right_id: int
    likeness: list[str]
    score: int


def find_pairs(touching: Sequence[int] | None = None) -> Iterable[Found]:
    """Pairs of customers of today that look alike; with `touching`, those with one of these customers."""
    sql, values = pairs_sql(touching)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for left, right, likeness, score in cursor.fetchall():
            yield Found(left, right, likeness, score)


def pairs_sql(touching: Sequence[int] | None = None) -> tuple[str, list]:
    """The statement that yields (left, right, likeness, score), and its values."""
    only, values = "", []
    if touching is not None:
        only, values = "AND {} IN (SELECT {} FROM {} WHERE customer_id = ANY(%s))", [list(touching)]
    parts = [
        _shared("customers_phone", "e164", Likeness.PHONE, only),
        _shared("customers_emailaddress", "canonical", Likeness.EMAIL, only),
    ]
    values = values * len(parts)
    if _buildings:
        parts.append(_same_building(touching))
        values += [list(touching)] if touching is not None else []
    scores = " ".join(f"WHEN '{kind}' THEN {score}" for kind, score in SCORES.items())
    sql = f"""
        WITH shared (kinds, ids) AS ({" UNION ALL ".join(parts)}),
        pairs AS (
            SELECT l AS left_id, r AS right_id, array_agg(DISTINCT kind) AS kinds
              FROM shared, unnest(kinds) kind, unnest(ids) l, unnest(ids) r WHERE l < r
             GROUP BY l, r),
        judged AS (
            SELECT left_id, right_id, CASE WHEN {ALIKE} AND NOT 'name' = ANY(kinds) THEN kinds || 'name'::text
                   ELSE kinds END AS kinds
              FROM pairs JOIN customers_customer a ON a.id = left_id JOIN customers_customer b ON b.id = right_id)
        SELECT left_id, right_id, kinds,
               (SELECT sum(CASE kind {scores} ELSE 0 END) FROM unnest(kinds) kind)::int FROM judged
    """
    return sql, values


def _shared(table, column, kind, only) -> str:
    return f"""
        SELECT ARRAY['{kind}'], array_agg(DISTINCT c.id)
          FROM {table} p JOIN customers_customer c ON c.id = p.customer_id AND {HERE}
         WHERE p.{column} <> '' {only.format(f"p.{column}", column, table)}
         GROUP BY p.{column} HAVING count(DISTINCT c.id) BETWEEN 2 AND {MOST_SHARING}
    """


def _same_building(touching) -> str:
    lived = " UNION ".join(f"({sql})" for sql in _buildings.values())
    only = ""
    if touching is not None:
        only = " AND c.name_sound IN (SELECT name_sound FROM customers_customer WHERE id = ANY(%s))"
    return f"""
        SELECT ARRAY['{Likeness.NAME}', '{Likeness.BUILDING}'], array_agg(DISTINCT c.id)
          FROM ({lived}) AS lived (customer_id, place_id)
          JOIN customers_customer c ON c.id = lived.customer_id AND {HERE}
         WHERE length(c.name_sound) > 4{only}
         GROUP BY lived.place_id, {WORDS} HAVING count(DISTINCT c.id) BETWEEN 2 AND {MOST_SHARING}
    """


@dataclass(frozen=True)
class LookAlike:
    """Another record of perhaps the same person, as its page says it: “same phone, similar name”."""

    customer: Customer
    likeness: list[str]

    @property
    def words(self) -> str:
        """What the two have in common, in words."""
        return in_words(self.likeness)


def in_words(likeness: Iterable[str]) -> str:
    """“same phone, similar name”."""
    given = set(likeness)
    return ", ".join(str(kind.label) for kind in Likeness if kind in given)


def look_alikes(customer: Customer, user) -> list[LookAlike]:
    """Other records that this person may see and that look like this customer, the likeliest first."""
    found = {
        pair.right_id if pair.left_id == customer.pk else pair.left_id: pair
        for pair in find_pairs([customer.pk])
        if customer.pk in (pair.left_id, pair.right_id)
    }
    for pk in _told_apart_from(customer):
        found.pop(pk, None)
    others = Customer.objects.visible_to(user).select_related("agent").in_bulk(list(found)) if found else {}
    alike = [(-found[pk].score, pk, LookAlike(other, found[pk].likeness)) for pk, other in others.items()]
    return [one for _, _, one in sorted(alike, key=lambda ranked: ranked[:2])]


def _told_apart_from(customer) -> Iterable[int]:
    said = DuplicatePair.objects.filter(Q(left=customer) | Q(right=customer), dismissed_at__isnull=False)
    return [right if left == customer.pk else left for left, right in said.values_list("left_id", "right_id")]


def visible_pairs(user) -> QuerySet[DuplicatePair]:
    """Pairs of which this person may see both, with both customers."""
    visible = Customer.objects.visible_to(user)
    pairs = DuplicatePair.objects.select_related("left__agent", "right__agent")
    if user.has_perm("customers.view_any_customer"):
        return pairs.filter(
            left__merged_into=None, left__erased_at=None, right__merged_into=None, right__erased_at=None
        )
    return pairs.filter(left__in=visible, right__in=visible)


@dataclass(frozen=True)
class AlreadyHere:
    """Who has a phone or an e-mail already: customers whom the reader may see, and colleagues for the others."""

    customers: list[Customer]
    colleagues: list[str]
    has_nobody: bool

    def __bool__(self):
        return bool(self.customers or self.colleagues or self.has_nobody)


def already_here(phones: Iterable[str], emails: Iterable[str], user, *, besides: Customer | None = None) -> AlreadyHere:
    """Customers with one of these phones or e-mails. Of those whom this person may not see only the agent is told."""
    hits = [hit for phone in phones for hit in who_has(phone=phone, besides=besides)]
    hits += [hit for email in emails for hit in who_has(email=email, besides=besides)]
    found = {hit.customer.pk: hit.customer for hit in hits}
    seen = set(Customer.objects.visible_to(user).filter(pk__in=found).values_list("pk", flat=True)) if found else set()
    hidden = [customer for pk, customer in found.items() if pk not in seen]
    return AlreadyHere(
        customers=[customer for pk, customer in found.items() if pk in seen],
        colleagues=sorted({customer.agent.full_name for customer in hidden if customer.agent}),
        has_nobody=any(customer.agent is None for customer in hidden),
    )
