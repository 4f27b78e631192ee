"""A form that is sent again has no second effect."""

import threading
import uuid

import pytest
from django.db import connection
from django.test import Client

from apps.accounts.models import Team
from apps.core.models import Submission

pytestmark = pytest.mark.urls("tests.core.urls_once")


@pytest.fixture
def signed_in(client, agent):
    client.force_login(agent)
    return client


def test_the_same_key_again_gets_the_first_answer_and_changes_nothing(signed_in):
    form = {"submission_key": uuid.uuid4(), "name": "Palm"}
    answers = {signed_in.post("/add/", form).content for _ in range(200)}
    assert len(answers) == 1
    assert Team.objects.filter(name="Palm").count() == 1


def test_a_new_key_is_a_new_form(signed_in):
    for name in ("Palm", "Creek"):
        signed_in.post("/add/", {"submission_key": uuid.uuid4(), "name": name})
    assert Team.objects.filter(name__in=["Palm", "Creek"]).count() == 2


def test_a_form_that_was_refused_may_be_sent_again_corrected(signed_in):
    key = uuid.uuid4()
    assert signed_in.post("/add/", {"submission_key": key}).status_code == 422
    assert not Team.objects.filter(name="nameless").exists()
    assert signed_in.post("/add/", {"submission_key": key, "name": "Palm"}).status_code == 200


def test_a_form_without_a_key_is_not_carried_out(signed_in):
    assert signed_in.post("/add/", {"name": "Palm"}).status_code == 400
    assert not Team.objects.filter(name="Palm").exists()


def test_a_key_of_somebody_else_gives_nothing_away(signed_in, manager):
    key = uuid.uuid4()
    signed_in.post("/add/", {"submission_key": key, "name": "Palm"})
    signed_in.force_login(manager)
    assert signed_in.post("/add/", {"submission_key": key, "name": "Palm"}).status_code == 400


@pytest.mark.parametrize(("kind", "status"), [("refused", 302), ("forbidden", 403), ("conflict", 409)])
def test_a_refusal_undoes_what_was_half_written(signed_in, kind, status):
    answer = signed_in.post("/refuse/", {"submission_key": uuid.uuid4(), "kind": kind})
    assert answer.status_code == status
    assert not Team.objects.filter(name="half written").exists()
    assert not Submission.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_at_once_have_one_effect(signed_in, agent):
    form = {"submission_key": str(uuid.uuid4()), "name": "Palm"}
    answers = []

    def click():
        tab = Client()
        tab.cookies = signed_in.cookies
        answers.append(tab.post("/add/", form).content)
        connection.close()

    threads = [threading.Thread(target=click) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert Team.objects.filter(name="Palm").count() == 1
