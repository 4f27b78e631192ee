"""Feedback: what it tells matching, what it suggests for the search, what the owner reads."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from apps.core.refusals import NotAllowed, Refused
from apps.listings.lookups import PropertyType
from apps.matching.actions.requirement import save_requirement
from apps.matching.models import Decision
from apps.viewings.actions.feedback import give_feedback, mail_owner, why_not_mail_owner
from apps.viewings.actions.next_step import next_working_day
from apps.viewings.actions.suggestion import accept, decide
from apps.viewings.lookups import MailAbout
from apps.viewings.models import Feedback, ViewingMail
from apps.viewings.owner_words import text_for_owner
from apps.viewings.suggestions import suggestions
from tests.factories import CustomerFactory, EmailAddressFactory, ViewingFactory
from tests.viewings.conftest import consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def past(listing, customer, agent):
    started = timezone.now() - timedelta(hours=2)
    return ViewingFactory(listing=listing, agent=agent, created_by=agent, customers=[customer], starts_at=started)


@pytest.fixture
def wanted(customer, agent):
    """Two bedrooms from 1,200 square feet to AED 2.6M."""
    values = {"property_type": PropertyType.RESIDENTIAL, "price_max": Decimal(2_600_000), "area_min": Decimal(1200)}
    return save_requirement(customer, values, by=agent)


def test_too_small_suggests_a_larger_size_and_one_click_changes_the_search(past, customer, agent, wanted):
    given = give_feedback(past, customer, "no", by=agent, reasons=["too_small"])
    assert [one.question for one in suggestions(given, agent)] == ["Too small: raise size to 1,500 ft²?"]
    accept(given, "too_small", by=agent)
    wanted.refresh_from_db()
    assert wanted.area_min == Decimal(1500)
    assert suggestions(given, agent) == []
    with pytest.raises(Refused, match="changed already"):
        accept(given, "too_small", by=agent)


@pytest.mark.parametrize(
    ("reason", "field", "value"),
    [
        ("too_dear", "price_max", Decimal(2_300_000)),
        ("bedrooms", "bedrooms_min", 3),
        ("bathrooms", "bathrooms_min", 4),
        ("floor", "floor_min", 28),
        ("furnishing", "furnished", "Unfurnished"),
    ],
)
def test_each_reason_that_a_criterion_knows_changes_that_criterion(past, customer, agent, wanted, reason, field, value):
    past.listing.unit.entry_level = 23
    past.listing.furnished = "Furnished"
    past.listing.unit.save()
    past.listing.save()
    given = give_feedback(past, customer, "no", by=agent, reasons=[reason])
    given.viewing.listing.refresh_from_db()
    accept(given, reason, by=agent)
    wanted.refresh_from_db()
    assert getattr(wanted, field) == value


def test_reasons_without_a_criterion_suggest_nothing(past, customer, agent, wanted):
    given = give_feedback(past, customer, "no", by=agent, reasons=["noise", "condition"])
    assert suggestions(given, agent) == []


@pytest.mark.parametrize(
    ("verdict", "reasons", "decided"),
    [
        ("liked", [], ("interested", "")),
        ("no", ["bedrooms", "noise"], ("dismissed", "too_small")),
        ("no", ["noise"], ("dismissed", "other")),
    ],
)
def test_matching_hears_of_it(past, customer, agent, wanted, verdict, reasons, decided):
    decide(give_feedback(past, customer, verdict, by=agent, reasons=reasons), by=agent)
    decision = Decision.objects.get()
    assert (decision.verdict, decision.reason) == decided


def test_maybe_takes_an_earlier_no_back(past, customer, agent, wanted):
    for verdict in ("no", "maybe"):
        decide(give_feedback(past, customer, verdict, by=agent), by=agent)
    assert not Decision.objects.exists()


def test_said_again_it_replaces_what_was_said(past, customer, agent):
    give_feedback(past, customer, "maybe", by=agent, line="First thought")
    give_feedback(past, customer, "no", by=agent, reasons=["other", "too_dear"], line=" Second\x00  thought ")
    given = Feedback.objects.get()
    assert (given.verdict, given.reasons, given.line) == ("no", ["too_dear", "other"], "Second thought")


def test_nobody_is_heard_before_the_viewing(listing, customer, agent):
    coming = ViewingFactory(listing=listing, agent=agent, created_by=agent, customers=[customer])
    with pytest.raises(Refused, match="not begun"):
        give_feedback(coming, customer, "liked", by=agent)


def test_a_colleague_does_not_write_it_down(past, customer, other_agent):
    with pytest.raises(NotAllowed):
        give_feedback(past, customer, "liked", by=other_agent)


def test_the_owner_reads_what_was_said_but_not_by_whom(past, customer, agent):
    owner = CustomerFactory(full_name="Fatima Al Mansoori", agent=agent, created_by=agent)
    past.listing.unit.owner = owner
    given = give_feedback(past, customer, "no", by=agent, reasons=["too_dear"], line="Lovely kitchen")
    given.viewing = past
    text = text_for_owner(given)
    assert text.startswith("Dear Fatima Al Mansoori,\nyour apartment Marina Gate 2")
    assert "It is not what they look for. What held them back: too dear. “Lovely kitchen”" in text
    assert "Whitfield" not in text


def test_the_owner_is_mailed_only_if_they_agreed(past, customer, agent):
    owner = CustomerFactory(full_name="Fatima Al Mansoori", agent=agent, created_by=agent)
    EmailAddressFactory(customer=owner)
    past.listing.unit.owner = owner
    past.listing.unit.save()
    given = give_feedback(past, customer, "liked", by=agent)
    assert why_not_mail_owner(given, agent) == ["Fatima Al Mansoori has not agreed to be contacted by E-mail."]
    consent(owner)
    mail_owner(given, by=agent)
    assert ViewingMail.objects.get(about=MailAbout.FEEDBACK).customer == owner
    assert Feedback.objects.get().told_owner_at


def test_the_next_step_waits_for_the_next_working_day():
    friday = timezone.datetime(2026, 11, 20).date()
    assert next_working_day(friday, [5, 6]) == timezone.datetime(2026, 11, 23).date()
    assert next_working_day(friday, []) == timezone.datetime(2026, 11, 21).date()
