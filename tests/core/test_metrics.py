"""Figures for Prometheus: on their own port only."""

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from apps.core.metrics import JobCollector, on_own_port
from apps.core.queue import enqueue
from tests.core import sample_jobs  # noqa: F401  (declares the jobs)


def crm(environ, start_response):
    start_response("200 OK", [])
    return [b"a page of the CRM"]


def ask(port, **headers):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/metrics", "QUERY_STRING": "", "SERVER_PORT": port, **headers}
    return b"".join(on_own_port(crm, 9091)(environ, lambda status, headers: None))


@pytest.mark.django_db(transaction=True)
def test_figures_are_served_on_their_own_port():
    assert b"# HELP" in ask("9091")


@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_X_FORWARDED_HOST"])
def test_no_header_opens_them_on_the_public_port(header):
    assert ask("8000", **{header: "crm.example.com:9091"}) == b"a page of the CRM"


@pytest.mark.django_db
def test_jobs_are_counted_by_status(agent):
    enqueue("tests.note", by=agent, word="x")
    registry = CollectorRegistry()
    registry.register(JobCollector())
    assert b'crm_jobs{status="todo"} 1.0' in generate_latest(registry)
