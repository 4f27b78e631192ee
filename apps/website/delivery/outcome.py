"""Writing down how a delivery ended. A row is written only while its claim still is ours."""

from django.db.models import F
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from apps.core.events import record
from apps.website.breaker import next_try
from apps.website.delivery.plan import Plan
from apps.website.delivery.together import write_together
from apps.website.models import Placement
from apps.website.states import State, Trouble
from apps.website.wordpress import Temporary, Wrong, words

SAID_AFTER = 2  # failures in a row; a single lost answer is no news, and the row says "waiting" all the while
NO_TROUBLE = {"trouble": "", "trouble_kind": Trouble.NONE, "trouble_field": "", "attempts": 0}


def settle(placement: Placement, state: str, **columns) -> bool:
    """Write the outcome and give the claim back; whether the claim was still ours."""
    now = timezone.now()
    if placement.state != state:
        columns |= {"state": state, "state_since": now}
    mine = Placement.objects.filter(pk=placement.pk, claimed_until=placement.claimed_until)
    is_ours = bool(placement.claimed_until) and bool(mine.update(claimed_until=None, **columns))
    for name, value in columns.items():
        setattr(placement, name, value)
    return is_ours


def keep(placement: Placement, **columns) -> None:
    """Write something down on the way, before the site is asked for more."""
    Placement.objects.filter(pk=placement.pk).update(**columns)
    for name, value in columns.items():
        setattr(placement, name, value)


def own(placement: Placement, number: int | None, *, carries_our_id: bool = True) -> None:
    """Write down which post is the placement's. Another placement that had this number looks for its post anew."""
    others = Placement.objects.filter(site=placement.site_id, post_id=number).exclude(pk=placement.pk)
    if number and number != placement.post_id and others.exists():
        if not carries_our_id:
            raise Temporary(words.ANOTHER)
        now = timezone.now()
        others.update(post_id=None, is_up=False, asked_at=now, due_at=Coalesce("due_at", now), state=State.ABSENT)
    keep(placement, post_id=number)


def lost(placement: Placement) -> None:
    """What we put there is not there any more, and nobody removed it by hand: it is looked for, and made anew."""
    keep(placement, post_id=None, is_up=False, asked_at=placement.asked_at or timezone.now())


def rest_as_they_are(plans: list[Plan]) -> None:
    """The site shows what is wanted, as it was read before: one statement for all of them."""
    claims = {plan.placement.claimed_until for plan in plans}
    rows = Placement.objects.filter(pk__in=[plan.placement.pk for plan in plans], claimed_until__in=claims)
    rows.update(claimed_until=None, **NO_TROUBLE)


def rest(plan: Plan) -> None:
    """Nothing is on the site and nothing should be."""
    trouble = NO_TROUBLE | {"trouble": " ".join(plan.why_not)[:500]}
    settle(plan.placement, plan.rest_state, wanted_digest="", **trouble)


def gone_off(plan: Plan, *, by) -> None:
    """The site was read: it does not show the listing any more."""
    now = timezone.now()
    state = State.HELD if plan.is_wanted and plan.why_not else State.OFF
    columns = NO_TROUBLE | {"trouble": " ".join(plan.why_not)[:500], "is_up": False, "asked_at": None}
    columns |= {"checked_at": now, "confirmed_at": now, "wanted_digest": "", "confirmed_digest": ""}
    if settle(plan.placement, state, **columns):
        reason = " ".join(plan.why_not)
        record("website.taken_off", plan.placement.listing, by=by, new=plan.placement.site.name, reason=reason)


def shown(plan: Plan, read: dict, link: object) -> dict[str, object]:
    """The columns that say: the site was read, and shows what was sent."""
    placement, now, digest = plan.placement, timezone.now(), plan.payload.digest
    columns = {"state": State.LIVE, "is_up": True, "checked_at": now, "wanted_digest": digest}
    if digest != placement.confirmed_digest or not placement.is_up:
        columns |= {"confirmed_at": now, "confirmed_digest": digest}
    return columns | NO_TROUBLE | {"last_read": read, "link": page_address(link)}


def changed_by_hand(sentence: str, read: dict) -> dict[str, object]:
    """The columns that say: the site was read, and shows something that a person has to look at."""
    columns = {"state": State.CHANGED, "is_up": True, "checked_at": timezone.now(), "last_read": read}
    return columns | {"trouble": sentence[:500], "trouble_kind": Trouble.PERMANENT, "attempts": 0}


def settle_together(judged: list[tuple[Placement, dict]], *, by) -> None:
    """Write what was read of many placements; of most nothing is new but the time at which they were read."""
    news, changed, same = [], {}, []
    for placement, columns in judged:
        if columns["state"] != placement.state:
            columns["state_since"] = columns["checked_at"]
        if columns["state"] == State.LIVE and not placement.is_up:
            news.append(placement)
        new = {name: value for name, value in columns.items() if getattr(placement, name) != value}
        if new.keys() <= {"checked_at"}:
            placement.checked_at = columns["checked_at"]
            same.append(placement)
        else:
            changed[placement] = new
    if same:
        rows = Placement.objects.filter(pk__in=[row.pk for row in same])
        rows = rows.filter(claimed_until__in={row.claimed_until for row in same})
        rows.update(claimed_until=None, checked_at=max(row.checked_at for row in same))
    ours = write_together(changed, settle=True)
    for placement in news:
        if placement.pk in ours:
            record("website.live", placement.listing, by=by, new=placement.site.name)


def page_address(said: object) -> str:
    """Where visitors see it, as the site says; empty for what is no address of a page."""
    return said[:600] if isinstance(said, str) and said.startswith(("https://", "http://")) else ""


def found_otherwise(plan: Plan, state: str, sentence: str, **columns) -> None:
    """The site was read and shows something that a person has to look at; nothing was overwritten."""
    columns |= {"trouble": sentence[:500], "trouble_kind": Trouble.PERMANENT, "checked_at": timezone.now()}
    settle(plan.placement, state, attempts=0, **columns)


def refused(placement: Placement, sentence: str, field: str = "", *, by) -> None:
    """Trying again cannot help: a person has to mend something."""
    is_news = placement.state != State.FAILED or placement.trouble != sentence[:500]
    columns = {"trouble": sentence[:500], "trouble_kind": Trouble.PERMANENT, "trouble_field": field[:60]}
    if settle(placement, State.FAILED, attempts=F("attempts") + 1, **columns) and is_news:
        record("website.refused", placement.listing, by=by, new=placement.site.name, reason=sentence)


def turned_away(placement: Placement, trouble: Wrong, again_at) -> None:
    """The site takes nothing from us until a person mends something there or here; until then it is tried again."""
    columns = {"trouble": trouble.sentence[:500], "trouble_kind": Trouble.PERMANENT, "trouble_field": ""}
    columns |= {"attempts": placement.attempts + 1, "due_at": Least(Coalesce(F("due_at"), again_at), again_at)}
    settle(placement, State.FAILED, **columns)


def put_off(placement: Placement, sentence: str, again_at=None) -> None:
    """It did not work this time: it is tried again by itself, ever later. What is up stays up, and is said so."""
    again_at = again_at or next_try(placement.attempts + 1)
    columns = {"trouble": sentence[:500], "trouble_kind": Trouble.TEMPORARY, "trouble_field": ""}
    columns |= {"attempts": placement.attempts + 1, "due_at": Least(Coalesce(F("due_at"), again_at), again_at)}
    settle(placement, State.FAILED if placement.attempts + 1 >= SAID_AFTER else placement.state, **columns)
