"""A proxy in front of a site that makes things go wrong: by rule, or by chance from a seed. It counts all that passes.

with FaultProxy(site.port) as proxy:
    proxy.rule("lost", method="POST", path="/wp/v2/media", times=1)
    proxy.chances(seed=7, lost=0.10, timeout=0.06)
    ... talk to proxy.url ...
    assert proxy.photos_taken_twice() == []
"""

import hashlib
import http.client
import random
import sys
import threading
from collections import Counter
from dataclasses import dataclass
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.wordpress.faults import AFTER, BEFORE, INSIDE, JSON, NAMES, Reply, Request

HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "content-type", "date", "server"}
CHUNK = 64 * 1024


@dataclass
class Rule:
    fault: str
    method: str = ""
    path: str = ""
    times: int | None = None
    skip: int = 0
    seconds: float = 0

    def takes(self, request: Request) -> bool:
        """Whether the rule is for this request; counts it down."""
        if (self.method and self.method != request.method) or self.path not in request.path or self.times == 0:
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.times = self.times and self.times - 1
        return True


@dataclass(frozen=True)
class Seen:
    """One request that came by: what was done with it, and what the site itself said (0: it never heard of it)."""

    method: str
    path: str
    size: int
    fault: str
    site_status: int
    photo: str  # the digest of the picture in it
    photo_bytes: int


class FaultProxy:
    def __init__(self, site_port: int):
        self.site_port = site_port
        self.rules: list[Rule] = []
        self.odds: dict[str, float] = {}
        self.seed, self.seconds = 0, {}
        self.seen: list[Seen] = []
        self.ending = threading.Event()
        self._lock = threading.Lock()
        self._times: Counter = Counter()
        self._answers: dict[str, Reply] = {}
        self.server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"proxy": self}))
        self.server.daemon_threads = True
        self.server.block_on_close = False

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "FaultProxy":
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.ending.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    # -- What goes wrong -----------------------------------------------------------------------------------------------
    def rule(self, fault: str, *, method="", path="", times=None, skip=0, seconds=0.0) -> Rule:
        """The next requests like this go wrong: `times` of them after `skip`; all of them when `times` is None."""
        assert fault in NAMES, f"There is no fault “{fault}”: {sorted(NAMES)}"
        self.rules.append(Rule(fault, method, path, times, skip, seconds))
        return self.rules[-1]

    def chances(self, *, seed: int, seconds: dict[str, float] | None = None, **odds: float) -> None:
        """Each request goes wrong with these odds. The same request, for the same time, always fares the same."""
        names = {name.removeprefix("_"): chance for name, chance in odds.items()}  # _503=0.05
        assert names.keys() <= NAMES
        self.seed, self.odds, self.seconds = seed, names, seconds or {}

    def calm(self) -> None:
        """From now on everything passes as it is."""
        self.rules, self.odds = [], {}

    def _fault_for(self, request: Request) -> tuple[str, float]:
        with self._lock:
            for rule in self.rules:
                if rule.takes(request):
                    return rule.fault, rule.seconds
            if not self.odds:
                return "", 0
            key = f"{request.method} {request.path} {hashlib.sha256(_picture(request) or request.body).hexdigest()}"
            self._times[key] += 1
            drawn = random.Random(f"{self.seed} {key} {self._times[key]}").random()
        for fault, chance in self.odds.items():
            if drawn < chance:
                return fault, self.seconds.get(fault, 0)
            drawn -= chance
        return "", 0

    # -- What passed ---------------------------------------------------------------------------------------------------
    def count(self, method: str = "", path: str = "", fault: str | None = None) -> int:
        return sum(
            1 for seen in self.seen if method in ("", seen.method) and path in seen.path and fault in (None, seen.fault)
        )

    def forget(self) -> None:
        """Count from here."""
        self.seen = []

    @property
    def bytes_sent(self) -> int:
        return sum(seen.size for seen in self.seen)

    @property
    def photo_bytes(self) -> int:
        return sum(seen.photo_bytes for seen in self.seen)

    def photos_taken_twice(self) -> list[str]:
        """Digests of pictures that the site took in more than once; those it never heard of must be sent again."""
        taken = Counter(seen.photo for seen in self.seen if seen.photo and 200 <= seen.site_status < 300)
        return [photo for photo, times in taken.items() if times > 1]

    # -- Passing on ----------------------------------------------------------------------------------------------------
    def answer(self, request: Request) -> Reply:
        fault, seconds = self._fault_for(request)
        if fault in BEFORE:
            reply, status = BEFORE[fault](request, seconds), 0
        else:
            reply = self._ask_site(INSIDE[fault](request) if fault in INSIDE else request)
            status = reply.status
            reply = self._disturbed(request, reply, fault, seconds)
        picture = _picture(request)
        seen = Seen(
            *(request.method, request.path, len(request.body), fault, status),
            *(hashlib.sha256(picture).hexdigest() if picture else "", len(picture)),
        )
        with self._lock:
            self.seen.append(seen)
        return reply

    def _disturbed(self, request: Request, reply: Reply, fault: str, seconds: float) -> Reply:
        if request.method == "GET":
            before, self._answers[request.path] = self._answers.get(request.path), reply
            if fault == "stale" and before:
                self._answers[request.path] = before
                return before
        return AFTER[fault](reply, seconds) if fault in AFTER else reply

    def _ask_site(self, request: Request) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.site_port, timeout=120)
        passed = {name: value for name, value in request.headers.items() if name not in HOP or name == "content-type"}
        try:
            connection.request(request.method, request.path, request.body or None, passed)
            answer = connection.getresponse()
            body = answer.read()
        except OSError:
            return Reply(502, b"<html>502 Bad Gateway</html>", "text/html")
        finally:
            connection.close()
        kept = {name: value for name, value in answer.headers.items() if name.lower() not in HOP}
        return Reply(answer.status, body, answer.headers.get("Content-Type", JSON), kept)


def _picture(request: Request) -> bytes:
    """The picture that a request carries: its whole body, or the file in a form."""
    kind = request.headers.get("content-type", "")
    if kind.startswith("image/"):
        return request.body
    if not kind.startswith("multipart/form-data"):
        return b""
    form = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + request.body)
    parts = form.get_payload() if form.is_multipart() else []
    return next((part.get_payload(decode=True) for part in parts if part.get_filename()), b"")


class _Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address) -> None:
        """Who called has left, or was killed: its business."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy: FaultProxy

    def _pass(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.proxy.answer(Request(self.command, self.path, headers, self._body()))
        if reply.hold:
            self.proxy.ending.wait(reply.hold)
        if reply.drop:
            self.close_connection = True
            return
        self._send(reply)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _pass

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _send(self, reply: Reply) -> None:
        try:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", reply.type)
            self.send_header("Content-Length", str(len(reply.body) if reply.claimed is None else reply.claimed))
            self.end_headers()
            if self.command != "HEAD":
                for start in range(0, len(reply.body), CHUNK):
                    self.wfile.write(reply.body[start : start + CHUNK])
            self.close_connection = reply.claimed is not None
        except OSError:  # who called has left: its business
            self.close_connection = True

    def log_message(self, *_) -> None:
        """Say nothing; `seen` holds what passed."""
