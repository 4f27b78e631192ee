"""A web application that counts one person on one screen with each request, for the test that stops a real server."""

import os

import config.wsgi  # noqa: F401  (sets Django up as in production)


def application(environ, start_response):
    from django.utils import timezone

    from apps.insights.counting import USAGE, Screen

    USAGE.seen(Screen(timezone.localdate(), "screen", "agent", "desktop"), int(os.environ["PERSON"]))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"counted"]
