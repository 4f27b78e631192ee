"""Processes that die in the middle of their work, and what the clock does about it afterwards."""

import os
import signal

from django.db import connection, connections

from apps.core.jobs import rescue_stalled_jobs
from tests.workers import run_jobs


def die(*args, **kwargs):
    """What a power cut does: nothing is rolled back, closed or said."""
    os.kill(os.getpid(), signal.SIGKILL)


def in_another_process(act) -> None:
    """Run `act` in a process of its own, which may die of it."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            act()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def take_up_what_fell() -> None:
    """Jobs of dead workers are handed on, and done."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'")
    rescue_stalled_jobs.defer(timestamp=0)
    run_jobs()
