"""A small stand-in for the CRM's intake: takes what a site sends, and answers as a test wants it."""

import hashlib
import hmac
import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "a-key-that-both-sides-know"


@dataclass(frozen=True)
class Received:
    site: str
    time: str
    signature: str
    body: bytes

    @property
    def said(self) -> dict:
        return json.loads(self.body)

    @property
    def is_signed(self) -> bool:
        expected = hmac.new(KEY.encode(), self.time.encode() + b"." + self.body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected, self.signature)


class Intake:
    """`answers` holds what the next requests hear, as (status, body, headers); then 201."""

    def __init__(self):
        self.received: list[Received] = []
        self.answers: list[tuple] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"intake": self}))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self) -> "Intake":
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class _Handler(BaseHTTPRequestHandler):
    intake: Intake

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        named = [self.headers.get(name, "") for name in ("X-CRM-Site", "X-CRM-Time", "X-CRM-Signature")]
        self.intake.received.append(Received(*named, body))
        status, said, headers = self.intake.answers.pop(0) if self.intake.answers else (201, {"status": "taken"}, {})
        answer = json.dumps(said).encode() if isinstance(said, dict) else said
        self.send_response(status)
        for name, value in {"Content-Length": str(len(answer)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_) -> None:
        """The answers say enough."""
