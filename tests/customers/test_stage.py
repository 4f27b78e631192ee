"""Giving a customer another stage, from a page that may be old."""

import uuid

import pytest
from waffle.testutils import override_flag

from apps.core.models import Event
from apps.core.refusals import Conflict
from apps.customers.actions.stage import set_stage
from tests.factories import CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(agent):
    return CustomerFactory(created_by=agent, stage="new")


def test_a_stage_that_somebody_else_gave_meanwhile_is_not_overwritten(customer, agent, manager):
    set_stage(customer, "viewing", by=manager, was="new")
    with pytest.raises(Conflict, match="changed to Viewing meanwhile"):
        set_stage(customer, "dormant", by=agent, was="new")
    customer.refresh_from_db()
    assert customer.stage == "viewing"


def test_two_who_mean_the_same_stage_agree(customer, agent, manager):
    set_stage(customer, "viewing", by=manager, was="new")
    set_stage(customer, "viewing", by=agent, was="new")
    assert Event.objects.filter(verb="customer.stage_changed").count() == 1


def test_an_old_page_is_told_and_changes_nothing(client, customer, agent, manager):
    client.force_login(agent)
    with override_flag("customers", active=True):
        page = client.get(customer.get_absolute_url()).content.decode()
        assert '<input type="hidden" name="was" value="new">' in page
        set_stage(customer, "won", by=manager)
        fields = {"stage": "searching", "was": "new", "submission_key": uuid.uuid4()}
        answer = client.post(f"/customers/{customer.reference}/stage/", fields)
    customer.refresh_from_db()
    assert answer.status_code == 409 and customer.stage == "won"
