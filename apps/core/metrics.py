"""Figures for Prometheus, served on a port of their own that the proxy does not forward."""

import os

from django.db import close_old_connections, connection
from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY

JOBS_BY_STATUS = """
    SELECT status::text, count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed') GROUP BY status
"""


class JobCollector:
    """How many jobs wait, run and have failed, asked of the database when the figures are read."""

    def collect(self):
        """Yield one gauge with a value for each status."""
        jobs = GaugeMetricFamily("crm_jobs", "Background jobs by status", labels=["status"])
        with connection.cursor() as cursor:
            cursor.execute(JOBS_BY_STATUS)
            counts = dict(cursor.fetchall())
        for status in ("todo", "doing", "failed"):
            jobs.add_metric([status], counts.get(status, 0))
        yield jobs


def on_own_port(application, port: int):
    """A WSGI application that answers with figures on `port` and hands every other request to `application`.

    The port is the one of the socket that took the connection, so no header can reach the figures from outside.
    """
    figures = make_wsgi_app(_registry())

    def choose(environ, start_response):
        if environ["SERVER_PORT"] != str(port):
            return application(environ, start_response)
        close_old_connections()  # no Django request begins here that would see to it
        return figures(environ, start_response)

    return choose


def _registry() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(JobCollector())
    return registry
