"""The one way out: what it connects to, what it sends where, and when it gives up."""

import ipaddress
import socket

import pytest

from apps.core.outbound import Cause, NoAnswer, Outbound, _Door
from tests.tiny_server import Said, tiny_server

SECRET = "abcd efgh ijkl"


@pytest.fixture
def server():
    with tiny_server() as server:
        yield server.say(Said(body=b'{"ok": true}'))


def ask(server, method="GET", path="x", **sent):
    with Outbound(server.url, auth=("crm", SECRET), allow_local=True) as out:
        return out.request(method, path, **sent)


def cause_of(server, method="GET", path="x", **sent):
    with pytest.raises(NoAnswer) as none:
        ask(server, method, path, **sent)
    assert SECRET not in str(none.value)
    return none.value.cause


def names(monkeypatch, *addresses):
    """Let every name mean these addresses; addresses mean themselves."""
    real = socket.getaddrinfo
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *args, **kw: found if "test" in host else real(host, *args, **kw)
    )


def test_an_answer_comes_whole_with_the_credentials_sent(server):
    answer = ask(server, params={"a": "1"})
    assert (answer.status, answer.body) == (200, b'{"ok": true}')
    method, path, headers, _ = server.asked[0]
    assert (method, path, headers["Authorization"][:6]) == ("GET", "/x?a=1", "Basic ")


def test_this_machine_is_asked_only_where_that_is_allowed(server):
    with Outbound(server.url) as out, pytest.raises(NoAnswer) as none:
        out.request("GET", "x")
    assert (none.value.cause, server.asked) == (Cause.ADDRESS, [])


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1", "172.16.4.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.1.2.3", "224.0.0.1",
        "255.255.255.255", "::", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::1", "127.1.2.3",
        "64:ff9b::a00:1", "2002:a00:1::", "2001:0:a00:1::", "ff02::1",
    ],
)  # fmt: skip
def test_addresses_inside_somebodys_house_are_not_asked(address):
    assert not _Door(False, []).is_allowed(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_addresses_are_asked(address):
    assert _Door(False, []).is_allowed(address)


def test_a_network_can_be_allowed_by_name():
    door = _Door(False, [ipaddress.ip_network("10.9.0.0/24")])
    assert (door.is_allowed("10.9.0.7"), door.is_allowed("10.9.1.7")) == (True, False)


def test_a_name_with_one_address_inside_is_not_asked_at_all(server, monkeypatch):
    names(monkeypatch, "93.184.215.14", "10.0.0.1")
    with Outbound("http://rebound.test") as out, pytest.raises(NoAnswer) as none:
        out.request("GET", "x")
    assert none.value.cause == Cause.ADDRESS


def test_what_was_checked_is_what_is_connected_to(server, monkeypatch):
    """A name that means another address the second time leads nowhere new: it is asked for once."""
    asked = []
    real = socket.create_connection
    names(monkeypatch, "127.0.0.1")
    monkeypatch.setattr(socket, "create_connection", lambda to, *args, **kw: asked.append(to) or real(to, *args, **kw))
    with Outbound(f"http://site.test:{server.port}", allow_local=True) as out:
        assert out.request("GET", "x").status == 200
    assert asked == [("127.0.0.1", server.port)]
    assert server.asked[0][2]["Host"] == f"site.test:{server.port}"


@pytest.mark.parametrize("path", ["http://other.test/x", "//other.test/x", "https://127.0.0.1/x"])
def test_no_other_host_is_asked(server, path):
    with Outbound(server.url, auth=("crm", SECRET), allow_local=True) as out, pytest.raises(NoAnswer) as none:
        out._next("GET", out.base, type("A", (), {"status": 301, "headers": {"location": path}}))
    assert none.value.cause == Cause.REDIRECT


def test_a_read_follows_within_its_host(server):
    server.say(Said(301, headers={"Location": "/y"}), Said(body=b"[1]"))
    assert ask(server, params={"a": "1"}).body == b"[1]"
    assert [path for _, path, _, _ in server.asked] == ["/x?a=1", "/y"]


def test_a_read_is_not_led_to_another_host(server):
    server.say(Said(301, headers={"Location": "http://localhost:1/y"}))
    assert cause_of(server) == Cause.REDIRECT
    assert len(server.asked) == 1


def test_a_read_is_not_led_in_a_circle(server):
    server.say(Said(301, headers={"Location": "/x"}))
    assert cause_of(server) == Cause.REDIRECT


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_write_is_never_led_on(server, status):
    server.say(Said(status, headers={"Location": "/y"}))
    assert cause_of(server, "POST", json={"a": 1}) == Cause.REDIRECT
    assert len(server.asked) == 1


def test_an_answer_that_is_too_large_is_not_kept(server):
    server.say(Said(body=b"x" * 5000))
    assert cause_of(server, most_bytes=1000) == Cause.SIZE


def test_a_server_that_hangs_is_given_up(server):
    server.say(Said(hang=True))
    assert cause_of(server, seconds=0.2) == Cause.TIMEOUT


def test_a_server_that_drips_is_given_up(server):
    server.say(Said(body=b"x" * 1000, drip=0.02))
    assert cause_of(server, seconds=0.3) == Cause.TIMEOUT


def test_an_answer_that_breaks_off_is_none(server):
    server.say(Said(body=b"[1, 2", short=True))
    assert cause_of(server) == Cause.BROKEN


def test_a_port_where_nobody_listens():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with Outbound(address, allow_local=True) as out, pytest.raises(NoAnswer) as none:
            out.request("GET", "x")
    assert none.value.cause == Cause.CONNECT


def test_a_name_that_nobody_has(monkeypatch):
    def nobody(*args, **kwargs):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with Outbound("http://nobody.test") as out, pytest.raises(NoAnswer) as none:
        out.request("GET", "x")
    assert none.value.cause == Cause.NAME


def test_a_server_that_speaks_no_tls(server):
    with Outbound(server.url.replace("http:", "https:"), allow_local=True) as out, pytest.raises(NoAnswer) as none:
        out.request("GET", "x")
    assert none.value.cause in (Cause.TLS, Cause.BROKEN)


def test_proxies_of_the_environment_are_ignored(server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert ask(server).status == 200


def test_cookies_are_not_kept(server):
    server.say(Said(headers={"Set-Cookie": "a=b"}))
    with Outbound(server.url, allow_local=True) as out:
        out.request("GET", "x")
        out.request("GET", "x")
    assert "Cookie" not in server.asked[1][2]


@pytest.mark.parametrize("base", ["ftp://x.test", "file:///etc/passwd", "http://", "http://user:pass@x.test", "x.test"])
def test_what_is_no_address_of_a_website_is_refused(base):
    with pytest.raises(NoAnswer):
        Outbound(base)
