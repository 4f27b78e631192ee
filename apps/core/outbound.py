"""The one way out: every request of ours to somebody else's server goes through `Outbound`.

The address is resolved, checked and connected to as it was checked, so that a name cannot point inside the house.
Credentials go to the one host they are for. Time and size of an answer are limited; writes are never sent elsewhere.
"""

import base64
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

import httpcore2
import httpx2
import structlog

log = structlog.get_logger("apps.outbound")
CONNECT_SECONDS, READ_SECONDS, TOTAL_SECONDS = 5, 30, 60
MOST_BYTES = 10 * 1024 * 1024
MOST_REDIRECTS = 3
AGENT = "RealEstateCRM/1.0"
READS = ("GET", "HEAD", "OPTIONS")
# What tells an IPv6 address that carries an IPv4 address of somebody's house.
CARRIERS = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]


class Cause(StrEnum):
    """Why no answer came."""

    ADDRESS = "address"  # may not be asked at all
    NAME = "name"  # no such host
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    SIZE = "size"
    REDIRECT = "redirect"
    BROKEN = "broken"  # the connection ended in the middle


class NoAnswer(Exception):
    """No answer that could be used. `location` is where a redirect pointed."""

    def __init__(self, cause: Cause, message: str = "", location: str = ""):
        super().__init__(f"{cause}: {message}" if message else str(cause))
        self.cause, self.location = cause, location


@dataclass(frozen=True)
class Answer:
    """What a server answered; header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """The body as text, whatever it is."""
        return self.body.decode(errors="replace")


class Outbound:
    """A connection to the server at `base`. Not for several threads. Close it, or use it in a `with`."""

    def __init__(
        self, base: str, *, auth: tuple[str, str] | None = None, allow_local=False, allowed: Iterable[str] = ()
    ):
        self.base = httpx2.URL(base.rstrip("/") + "/")
        if self.base.scheme not in ("http", "https") or not self.base.host or self.base.userinfo:
            raise NoAnswer(Cause.ADDRESS, "not an address of a website")
        self._secrets = _spellings(auth)
        self._door = _Door(allow_local, [ipaddress.ip_network(net) for net in allowed])
        self._client = httpx2.Client(
            transport=_Transport(self._door),
            auth=auth,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            # Not compressed, so that the bytes counted are the bytes kept.
            headers={"User-Agent": AGENT, "Accept-Encoding": "identity", "Accept": "application/json"},
        )

    def __enter__(self) -> "Outbound":
        return self

    def __exit__(self, *exception) -> None:
        self.close()

    def close(self) -> None:
        """End the connections."""
        self._client.close()

    def request(self, method: str, path: str, *, seconds: float = TOTAL_SECONDS, most_bytes: int = MOST_BYTES, **sent):
        """Send one request and read the whole answer. `sent` as httpx: params, json, content, data, files, headers.

        A redirect of a read is followed within the same host; of a write it is an error, because the write is lost.
        """
        url, started = self._at(path), time.monotonic()
        for _step in range(MOST_REDIRECTS + 1):
            answer = self._once(method, url, seconds, most_bytes, started, sent)
            if not 300 <= answer.status < 400 or answer.status == 304:
                return answer
            url, sent = self._next(method, url, answer), {k: v for k, v in sent.items() if k != "params"}
        raise NoAnswer(Cause.REDIRECT, "sent in a circle", str(url))

    def _at(self, path: str) -> httpx2.URL:
        url = self.base.join(path.lstrip("/"))
        if _origin(url) != _origin(self.base):
            raise NoAnswer(Cause.ADDRESS, "another host")
        return url

    def _next(self, method, url, answer) -> httpx2.URL:
        try:
            target = url.join(answer.headers.get("location", ""))
        except httpx2.InvalidURL as error:
            raise NoAnswer(Cause.REDIRECT, "to nowhere") from error
        if method not in READS or _origin(target) != _origin(self.base):
            raise NoAnswer(Cause.REDIRECT, f"{answer.status}", str(target.copy_with(query=None, userinfo=b"")))
        return target

    def _once(self, method, url, seconds, most_bytes, started, sent) -> Answer:
        self._door.until = started + seconds
        self._client.cookies.clear()
        status, size = 0, 0
        try:
            with self._client.stream(method, url, **sent) as response:
                status, body = response.status_code, bytearray()
                for chunk in response.iter_raw():
                    body += chunk
                    size = len(body)
                    if size > most_bytes:
                        raise NoAnswer(Cause.SIZE, f"more than {most_bytes} bytes")
                return Answer(status, self._headers(response), self._without_secrets(bytes(body)))
        except httpx2.TimeoutException as error:
            raise NoAnswer(Cause.TIMEOUT, type(error).__name__) from None
        except httpx2.ConnectError as error:
            raise NoAnswer(_why_not_connected(error)) from None
        except (httpx2.RequestError, httpx2.StreamError) as error:
            raise NoAnswer(Cause.BROKEN, type(error).__name__) from None
        finally:
            took = round((time.monotonic() - started) * 1000)
            log.debug("outbound", method=method, host=url.host, path=url.path, status=status, bytes=size, ms=took)

    def _headers(self, response) -> dict[str, str]:
        return {name.lower(): value for name, value in response.headers.items()}

    def _without_secrets(self, body: bytes) -> bytes:
        """The body; where a server repeats the credentials that it was sent, without them."""
        for secret in self._secrets:
            body = body.replace(secret, b"***")
        return body


def _spellings(auth: tuple[str, str] | None) -> list[bytes]:
    """The password as it is and as it is sent."""
    if not auth:
        return []
    return [auth[1].encode(), base64.b64encode(":".join(auth).encode())]


def _origin(url: httpx2.URL) -> tuple:
    return url.scheme, url.host, url.port or {"http": 80, "https": 443}.get(url.scheme)


def _why_not_connected(error) -> Cause:
    seen = error
    while seen is not None:
        if isinstance(seen, ssl.SSLError):
            return Cause.TLS
        if isinstance(seen, socket.gaierror):
            return Cause.NAME
        seen = seen.__cause__ or seen.__context__
    return Cause.CONNECT


class _Transport(httpx2.HTTPTransport):
    """The library's transport, with connections that go through the door."""

    def __init__(self, door):
        self._pool = httpcore2.ConnectionPool(
            ssl_context=_ssl_context(), network_backend=door, max_connections=4, keepalive_expiry=20
        )


@lru_cache(maxsize=1)
def _ssl_context():
    return httpx2.create_ssl_context(trust_env=False)


class _Door(httpcore2.SyncBackend):
    """Resolves a name once, refuses what is not public, and connects to what it checked. `until` ends everything."""

    def __init__(self, allow_local: bool, allowed: list):
        self.allow_local, self.allowed, self.until = allow_local, allowed, 0.0

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        """A connection to the first address that answers."""
        addresses = self._addresses(host, port)
        for position, address in enumerate(addresses, 1):
            try:
                seconds = _left(self, timeout)
                stream = super().connect_tcp(address, port, seconds, local_address, socket_options)
                return _Timed(stream, self)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if position == len(addresses):
                    raise
        raise NoAnswer(Cause.NAME, host)

    def _addresses(self, host, port) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError):
            raise NoAnswer(Cause.NAME, host) from None
        addresses = list(dict.fromkeys(entry[4][0] for entry in found))
        if not all(self.is_allowed(address) for address in addresses):
            raise NoAnswer(Cause.ADDRESS, "an address that is not public")
        return addresses

    def is_allowed(self, text: str) -> bool:
        """Whether an address may be asked: public, allowed by name, or this machine where that is allowed."""
        address = ipaddress.ip_address(text.partition("%")[0])
        address = getattr(address, "ipv4_mapped", None) or address
        if any(address.version == net.version and address in net for net in self.allowed):
            return True
        if address.is_loopback:
            return self.allow_local
        carried = any(address.version == net.version and address in net for net in CARRIERS)
        return address.is_global and not address.is_multicast and not carried


class _Timed(httpcore2.NetworkStream):
    """A connection whose every step ends when the whole must."""

    def __init__(self, stream, door):
        self._stream, self._door = stream, door

    def read(self, max_bytes, timeout=None):
        return self._stream.read(max_bytes, _left(self._door, timeout))

    def write(self, buffer, timeout=None):
        return self._stream.write(buffer, _left(self._door, timeout))

    def start_tls(self, ssl_context, server_hostname=None, timeout=None):
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, _left(self._door, timeout)), self._door)

    def close(self):
        self._stream.close()

    def get_extra_info(self, info):
        return self._stream.get_extra_info(info)


def _left(door, timeout):
    left = door.until - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the whole took too long")
    return left if timeout is None else min(left, timeout)
