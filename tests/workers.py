"""A real worker in the test's own process, for tests marked `django_db(transaction=True)`."""

from unittest.mock import patch

from django.db import connections
from procrastinate.contrib.django import app


def run_jobs(concurrency: int = 1) -> None:
    """Do all jobs that wait now, as `manage.py procrastinate worker` would, and return.

    Jobs of the clock are left out: whether one is due must not depend on when the test runs.
    """
    with (
        patch.dict(connections.settings["default"], CONN_MAX_AGE=0),  # its threads must not hold the test database
        patch.object(app.periodic_registry, "periodic_tasks", {}),
        app.replace_connector(app.connector.get_worker_connector()),
    ):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, concurrency=concurrency)
