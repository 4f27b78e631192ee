"""Brings the demo about, by the real actions where there are any. A second run updates and adds, doubles nothing."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from apps.accounts.actions.agency import edit_agency
from apps.accounts.actions.flag import flag_row, switch_flag
from apps.accounts.models import Agency, FlagState, Team, User
from apps.core.flags import DECLARED
from apps.customers.demo import build_customers, build_owners
from apps.customers.models import Customer
from apps.listings.actions.listing import take_on
from apps.listings.actions.mandate import add_mandate, add_permit
from apps.listings.actions.note import add_note
from apps.listings.actions.price import set_price
from apps.listings.actions.status import move
from apps.listings.demo import people, pool, texts
from apps.listings.demo.clock import at, days_ago
from apps.listings.demo.places import BUILDINGS, CITIES, COMMUNITIES, COUNTRY
from apps.listings.demo.plan import ListingPlan, Plan, demo_plan
from apps.listings.demo.stock import MADE_BY_HAND
from apps.listings.lookups import PhotoState, PropertyType
from apps.listings.models import Listing, Mandate, Permit, Photo, Place, Unit
from apps.listings.models.place import PlaceLevel
from apps.listings.policy import why_not_change

COMMISSION = {PropertyType.RESIDENTIAL: 2, PropertyType.RESIDENTIAL_LEASE: 5}


def build_demo() -> Counter:
    """Make or mend the whole demo; the answer counts what was new."""
    plans = demo_plan()
    albums = [
        pool.drawings_of(wanted.light, number, wanted.photos)
        for number, wanted in enumerate(wanted for plan in plans for wanted in plan.listings)
    ]
    needed = dict.fromkeys(drawing for album in albums for drawing in album)
    stored = pool.stored_drawings(needed)
    missing = [drawing for drawing in needed if drawing not in stored]
    with ThreadPoolExecutor(max_workers=2) as threads:
        drawing = pool.start_drawing(missing, threads)
        with transaction.atomic():
            counts, listings = _build_rows(plans)
        stored |= {one: future.result() for one, future in drawing.items()}
    _mend_names(stored, missing)
    counts["pictures"] = len(missing)
    counts["photos"] = _add_photos(listings, albums, stored)
    return counts


def _build_rows(plans: list[Plan]) -> tuple[Counter, list[tuple[Listing, ListingPlan]]]:
    staff = _hire()
    _open_the_office(staff[people.TOM])
    places = _survey()
    today = timezone.localtime()
    owners = build_owners(staff, today)
    counts, listings = Counter(), []
    for plan in plans:
        unit, is_new = _unit(plan, places[plan.unit.building], owners)
        counts["units"] += is_new
        known = [] if is_new else list(unit.listings.order_by("pk"))
        for index, wanted in enumerate(plan.listings):
            if index < len(known):
                listing = known[index]
            else:
                listing = _live(unit, plan, wanted, staff[wanted.agent], today)
                counts["listings"] += 1
            _keep_papers(listing, wanted, _keeper(listing, staff), today)
            listings.append((listing, wanted))
    _add_notes(listings, staff, today)
    _bring_to_front(today)
    counts["customers"] = build_customers(staff, today)
    return counts, listings


def _open_the_office(administrator: User) -> None:
    """The agency's name, no second factor, and what is launched dark switched on unless somebody touched the switch."""
    wanted = {"name": people.AGENCY, "requires_mfa": False}
    agency = Agency.current()
    if any(getattr(agency, name) != value for name, value in wanted.items()):
        edit_agency(wanted, version=agency.version, by=administrator)
    for name in DECLARED:
        flag = flag_row(name)
        if flag.version == 1:
            switch_flag(flag, FlagState.EVERYONE, version=1, by=administrator)


# -- People and places -------------------------------------------------------------------------------------------------
def _hire() -> dict[str, User]:
    known = {user.email: user for user in User.objects.filter(email__in=[one.email for one in people.STAFF])}
    password = next((user.password for user in known.values()), "")
    if not password or not check_password(people.PASSWORD, password):
        password = make_password(people.PASSWORD)  # one hash for all: each costs a quarter of a second
    for person in people.STAFF:
        user = known.setdefault(person.email, User(email=person.email))
        user.full_name, user.role, user.password = person.full_name, person.role, password
        user.job_title, user.phone, user.is_active = person.job_title, person.phone, True
        user.team = Team.objects.get_or_create(name=person.team)[0] if person.team else None
        user.save()
    return known


def _survey() -> dict[str, Place]:
    """The tree of places, by name."""
    name, arabic, latitude, longitude = COUNTRY
    found = {"": None, name: _place(None, PlaceLevel.COUNTRY, name, arabic, latitude, longitude)}
    for city, (arabic, latitude, longitude) in CITIES.items():
        found[city] = _place(found[name], PlaceLevel.CITY, city, arabic, latitude, longitude)
    for one in COMMUNITIES:
        parent = found[one.inside]
        found[one.name] = _place(parent, PlaceLevel.COMMUNITY, one.name, one.name_ar, one.latitude, one.longitude)
    for one in BUILDINGS.values():
        parent = found[one.community]
        found[one.name] = _place(parent, PlaceLevel.BUILDING, one.name, one.name_ar, one.latitude, one.longitude)
    return found


def _place(parent, level, name, name_ar, latitude, longitude) -> Place:
    facts = {"name_ar": name_ar, "latitude": latitude, "longitude": longitude}
    known = Place.objects.filter(parent=parent, level=level).called(name).first()
    if known is None:
        return Place.objects.create(parent=parent, level=level, name=name, **facts)
    _update(known, facts)
    return known


# -- Units and listings ------------------------------------------------------------------------------------------------
def _unit(plan: Plan, place: Place, owners: dict[str, Customer]) -> tuple[Unit, bool]:
    known = Unit.objects.filter(place=place, unit_number=plan.unit.number).first()
    facts = plan.unit.facts | {"owner": owners[plan.unit.owner]}
    if known is None:
        return Unit(place=place, unit_number=plan.unit.number, **facts), True
    _update(known, facts)
    return known, False


def _live(unit: Unit, plan: Plan, wanted: ListingPlan, agent: User, today: datetime) -> Listing:
    """Take the unit on and live through its prices and statuses, each on its day."""
    values = {
        "property_type": wanted.property_type,
        "lease_amount_frequency": wanted.frequency,
        "commission_percent": COMMISSION[wanted.property_type],
        "furnished": plan.unit.furnished,
        "occupant_type": plan.unit.occupant,
        "title": plan.unit.title,
        "public_remarks": plan.unit.remarks,
        "private_remarks": plan.unit.private,
        "showing_instructions": plan.unit.access,
        "internet_entire_listing_display_yn": wanted.consent,
    }
    with at(days_ago(today, wanted.taken_on)):
        listing = take_on(unit, values, by=agent)
    prices = [(day, 0, price, "") for day, price in wanted.prices]
    steps = [(day, 1, status, reason) for day, status, reason in wanted.steps]
    for minute, (day, kind, value, reason) in enumerate(sorted(prices + steps, key=lambda step: (-step[0], step[1]))):
        act, extra = (move, {}) if kind else (set_price, {"confirmed": True})
        with at(days_ago(today, day, 10 + minute)):
            act(listing, value, version=listing.version, by=agent, reason=reason, **extra)
    return listing


def _keeper(listing: Listing, staff: dict[str, User]) -> User:
    """Who may keep this listing's papers: since the first run it may have been given to somebody else."""
    return next(
        person for person in (listing.list_agent, *staff.values()) if person and not why_not_change(listing, person)
    )


def _keep_papers(listing: Listing, wanted: ListingPlan, agent: User, today: datetime) -> None:
    """Mandate and permit, with their last days counted from today."""
    if wanted.mandate_days is not None:
        last = today.date() + timedelta(days=wanted.mandate_days)
        first = last - timedelta(days=wanted.mandate_length)
        facts = {"listing_contract_date": first, "expiration_date": last, "listing_agreement": wanted.agreement}
        mandate = Mandate(number=f"A-{listing.listing_id}", **facts)
        with at(days_ago(today, wanted.taken_on, 5)):
            _keep(listing.mandates, mandate, facts, lambda: add_mandate(listing, mandate, by=agent))
    if wanted.permit_days is not None:
        last = today.date() + timedelta(days=wanted.permit_days)
        facts = {"expiration_date": last, "issued_on": min(last, today.date()) - timedelta(days=45)}
        permit = Permit(number=wanted.permit_number, **facts)
        with at(days_ago(today, wanted.taken_on, 6)):
            _keep(listing.permits, permit, facts, lambda: add_permit(listing, permit, by=agent))


def _keep(rows, paper, facts, add) -> None:
    known = rows.filter(number=paper.number).first()
    if known is None:
        add()
    else:
        _update(known, facts)


def _add_notes(listings, staff, today) -> None:
    rng = Random("notes")  # noqa: S311 - demo rows, not secrets
    for listing, wanted in listings:
        for body in rng.sample(texts.NOTES, wanted.notes):
            day, minute = rng.randint(0, min(wanted.taken_on, 20)), rng.randint(20, 400)
            if not listing.notes.filter(body=body).exists():
                with at(days_ago(today, day, minute)):
                    add_note(listing, body, by=_keeper(listing, staff))


def _bring_to_front(today: datetime) -> None:
    """Let the listings made by hand be those that changed last, in their order."""
    for minutes, facts in enumerate(MADE_BY_HAND, start=2):
        unit = {"unit__unit_number": facts["unit"]["unit_number"], "unit__place__name": facts["building"]}
        latest = Listing.objects.filter(**unit).order_by("-pk").values("pk")[:1]
        Listing.objects.filter(pk__in=latest).update(modification_timestamp=today - timedelta(minutes=minutes))


def _update(row, facts: dict) -> None:
    changed = [name for name, value in facts.items() if str(getattr(row, name)) != str(value)]
    for name in changed:
        setattr(row, name, facts[name])
    if changed:
        row.save(update_fields=changed)


# -- Photos ------------------------------------------------------------------------------------------------------------
def _mend_names(stored, drawn) -> None:
    """Rows of an earlier run whose files were lost show the pictures that were drawn in their place."""
    for drawing in drawn:
        Photo.objects.filter(digest=stored[drawing].digest).update(name=stored[drawing].name)


def _add_photos(listings, albums, stored) -> int:
    """Rows for pictures that lie in storage already: written at once, because decoding each again takes a minute."""
    has = set(Photo.objects.filter(original_name__startswith="demo-").values_list("listing_id", "digest"))
    rows = []
    for (listing, _), album in zip(listings, albums, strict=True):
        for order, drawing in enumerate(album):
            one = stored[drawing]
            if (listing.pk, one.digest) not in has:
                rows.append(_photo(listing, order, drawing, one))
    with transaction.atomic():
        Photo.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _photo(listing: Listing, order: int, drawing: pool.Drawing, stored: pool.Stored) -> Photo:
    return Photo(
        listing=listing,
        order=order,
        media_category=drawing.media_category,
        short_description=drawing.caption,
        name=stored.name,
        original_name=drawing.file_name,
        digest=stored.digest,
        look=stored.look,
        width=stored.width,
        height=stored.height,
        state=PhotoState.READY,
        added_by_id=listing.created_by_id,
    )
