"""What can go wrong between a site and who calls it, each fault by name: before the site hears of it, or after."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

MAINTENANCE = b"<html><title>Maintenance</title><p>Briefly unavailable for scheduled maintenance.</p></html>"
CHALLENGE = b"<!DOCTYPE html><title>One moment, please...</title><p>Checking your browser.</p>"
CRITICAL = b"<!DOCTYPE html><p>There has been a critical error on this website.</p>"
FORBIDDEN = b"<html><h1>403 Forbidden</h1><p>mod_security</p></html>"
NOTICE = b"<br />\n<b>Warning</b>: Undefined variable $x in <b>/wp-content/plugins/x/x.php</b> on line <b>1</b><br />\n"
HUGE = 64 * 1024 * 1024
HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=UTF-8"


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict:
        try:
            parsed = json.loads(self.body)
        except ValueError:
            return {}
        return parsed if isinstance(parsed, dict) else {}


@dataclass(frozen=True)
class Reply:
    """What goes back. `hold` waits that many seconds first; `drop` closes the connection without an answer; `claimed`
    is a Content-Length that is not true."""

    status: int = 200
    body: bytes = b""
    type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    hold: float = 0
    drop: bool = False
    claimed: int | None = None


def page(status: int, body: bytes, **headers: str) -> Reply:
    return Reply(status, body, HTML, {name.replace("_", "-"): value for name, value in headers.items()})


# -- Before: the site never hears of the request --
BEFORE: dict[str, Callable[[Request, float], Reply]] = {
    "429": lambda request, seconds: Reply(
        429, b'{"code":"rate_limited","message":"Too many requests"}', JSON, {"Retry-After": f"{seconds or 1:g}"}
    ),
    "503": lambda request, seconds: page(503, MAINTENANCE, Retry_After=f"{seconds or 600:g}"),
    "500": lambda request, seconds: page(500, CRITICAL),
    "403": lambda request, seconds: page(403, FORBIDDEN),
    "html200": lambda request, seconds: page(200, CHALLENGE),
    "refused": lambda request, seconds: Reply(drop=True),
    "hang": lambda request, seconds: Reply(hold=seconds or 30, drop=True),
    "redirect": lambda request, seconds: page(301, b"", Location=f"http://127.0.0.1:9{request.path}"),
    "pretend": lambda request, seconds: Reply(201, json.dumps(_as_if_done(request)).encode()),
}


def _as_if_done(request: Request) -> dict:
    """An answer in the shape of WordPress, to a request that was never carried out."""
    sent = request.json()
    plain = {name: {"raw": sent[name], "rendered": sent[name]} for name in ("title", "content") if name in sent}
    return {"id": 999_999, "status": "publish", "link": "http://127.0.0.1:9/?p=999999", "meta": {}, **sent, **plain}


# -- Inside: the site hears something else, and answers as if all were well --
def without_fields(request: Request) -> Request:
    """As a firewall or another plugin does that drops what it does not know: 200, but the fields are not there."""
    sent = request.json()
    if not sent.get("meta"):
        return request
    kept = {name: value for name, value in sent["meta"].items() if name == "crm_listing_id"}
    return replace(request, body=json.dumps({**sent, "meta": kept}).encode())


def as_draft(request: Request) -> Request:
    """As a moderation plugin does: what was to be published waits for somebody to look at it."""
    sent = request.json()
    return replace(request, body=json.dumps({**sent, "status": "pending"}).encode()) if "status" in sent else request


INSIDE: dict[str, Callable[[Request], Request]] = {"dropped": without_fields, "moderated": as_draft}


# -- After: the work is done, the answer is not what it was --
def _changed(reply: Reply, **changes) -> Reply:
    try:
        said = json.loads(reply.body)
    except ValueError:
        return reply
    return replace(reply, body=json.dumps({**said, **changes}).encode()) if isinstance(said, dict) else reply


def _wrong_id(reply: Reply) -> Reply:
    return replace(reply, body=re.sub(rb'"id":(\d+)', lambda m: b'"id":%d' % (int(m[1]) + 1000), reply.body, count=1))


def _other_shape(reply: Reply) -> Reply:
    said = reply.body.strip()
    return replace(reply, body=b'{"0":%s}' % said if said.startswith(b"[") else b"[%s]" % said)


AFTER: dict[str, Callable[[Reply, float], Reply]] = {
    "lost": lambda reply, seconds: replace(reply, drop=True),
    "timeout": lambda reply, seconds: replace(reply, hold=seconds or 30, drop=True),
    "slow": lambda reply, seconds: replace(reply, hold=seconds or 1),
    "502": lambda reply, seconds: page(502, b"<html>502 Bad Gateway</html>"),
    "html200_after": lambda reply, seconds: page(200, CHALLENGE),
    "notice": lambda reply, seconds: replace(reply, body=NOTICE + reply.body, type=HTML),
    "truncated": lambda reply, seconds: replace(reply, body=reply.body[: len(reply.body) // 2]),
    "cut": lambda reply, seconds: replace(reply, body=reply.body[: len(reply.body) // 2], claimed=len(reply.body)),
    "empty": lambda reply, seconds: replace(reply, body=b""),
    "null": lambda reply, seconds: replace(reply, body=b"null"),
    "shape": lambda reply, seconds: _other_shape(reply),
    "type": lambda reply, seconds: replace(reply, type="text/plain"),
    "gzip": lambda reply, seconds: replace(reply, headers={**reply.headers, "Content-Encoding": "gzip"}),
    "bytes": lambda reply, seconds: replace(reply, body=reply.body.replace(b'"', b"\xff\xfe", 3)),
    "huge": lambda reply, seconds: replace(reply, body=b'{"x":"' + b"x" * HUGE + b'"}'),
    "wrong_id": lambda reply, seconds: _wrong_id(reply),
    "no_id": lambda reply, seconds: _changed(reply, id=None),
}

NAMES = {*BEFORE, *INSIDE, *AFTER, "stale"}
