"""What `make run` says before it starts anything."""

import socket

import pytest

from dev import serve
from dev.problems import Problem


def test_port_8000_is_the_default():
    assert serve.chosen_port("") == 8000


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80.5", "٨٠٠٠", "99999999999999999999"])
def test_a_port_that_is_none_is_refused_with_an_example(text):
    with pytest.raises(Problem, match="PORT=8001 make run"):
        serve.chosen_port(text)


def test_a_taken_port_is_refused_with_another_to_choose():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Problem, match=f"Port {port} is taken by another program.*PORT=8000 make run"):
            serve.refuse_taken(port)


def test_a_free_port_is_not_refused():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve.refuse_taken(port)


def test_the_demo_sign_ins_are_printed_beside_the_address(capsys):
    serve.greet(8123, [["Agent", "layla@marina.example", "secret"]])
    printed = capsys.readouterr().out
    assert "http://localhost:8123" in printed
    assert printed.split().count("layla@marina.example") == 1


def test_an_unseeded_database_prints_no_sign_ins(capsys):
    serve.greet(8123, [])
    assert "Sign in" not in capsys.readouterr().out


def test_links_in_mail_start_with_the_port_that_was_chosen(monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)
    started = []
    monkeypatch.setattr(serve.children, "start", lambda *command, **environment: started.append(environment))
    serve.web(8123)
    serve.worker(8123)
    assert {one["SITE_URL"] for one in started} == {"http://localhost:8123"}


def test_an_address_of_ones_own_is_kept(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://crm.example.com")
    assert serve.site_url(8123) == "https://crm.example.com"
