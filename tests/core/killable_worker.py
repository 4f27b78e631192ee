"""A worker in a process of its own, for tests that kill it: `python -m tests.core.killable_worker DATABASE`."""

import os
import sys

import django


def main(database: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from procrastinate.contrib.django import app

    import tests.core.sample_jobs  # noqa: F401

    app.periodic_registry.periodic_tasks.clear()  # what the clock asks for must not depend on when the test runs
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(update_heartbeat_interval=0.5, fetch_job_polling_interval=0.2)


if __name__ == "__main__":
    main(sys.argv[1])
