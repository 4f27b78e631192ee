"""Forty people after one slot: one gets it, thirty-nine hear when else. CRM_RACE_ROUNDS=200 for the full measure."""

import os
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections

from apps.core.refusals import Refused
from apps.viewings.actions.booking import SlotTaken, book
from apps.viewings.models import Viewing
from tests.factories import ListingFactory, UserFactory

ROUNDS = int(os.environ.get("CRM_RACE_ROUNDS", "5"))
RACERS = 40


@pytest.mark.django_db(transaction=True)
def test_forty_at_once_for_one_slot_leave_one_winner(agent, customer, listing, at_noon, manager):
    """In turn they want the same agent, the same apartment and the same key; the rest differs."""
    listings = [ListingFactory(created_by=agent) for _ in range(RACERS)]
    agents = [UserFactory(full_name=f"Racer {n}") for n in range(RACERS)]
    barrier, results = threading.Barrier(RACERS + 1), []

    def race(number):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = 0")  # on a busy machine forty wait long for one, and must be told
            for turn in range(ROUNDS):
                what = turn % 3
                barrier.wait()
                results.append(_attempt(number, what, turn))
                barrier.wait()
        except Exception:  # whatever it is: a racer who falls must not leave the others waiting
            barrier.abort()
            raise
        finally:
            connection.close()

    def _attempt(number, what, turn):
        home = listing if what == 1 else listings[number]
        shows = agent if what == 0 else agents[number]
        key = "The key" if what == 2 else ""
        starts_at = at_noon + timedelta(days=turn // 20, minutes=30 * (turn % 20))
        try:
            return book(home, [customer], shows, starts_at, by=manager, key_name=key, tell=()).pk
        except SlotTaken as taken:
            return taken
        except Refused as other:  # neither won nor answered: shown by the assertion
            return repr(other)

    threads = [threading.Thread(target=race, args=(number,)) for number in range(RACERS)]
    for thread in threads:
        thread.daemon = True
        thread.start()
    for turn in range(ROUNDS):
        results.clear()
        barrier.wait()
        barrier.wait()
        winners = [result for result in results if isinstance(result, int)]
        losers = [result for result in results if isinstance(result, SlotTaken)]
        assert (len(winners), len(losers)) == (1, RACERS - 1), (turn, results)
        assert all(loser.slots for loser in losers)
    for thread in threads:
        thread.join()
    connections.close_all()
    assert Viewing.objects.count() == ROUNDS
