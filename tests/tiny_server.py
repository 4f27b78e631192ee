"""A server that says what a test tells it to: one answer for each request, in order, or one for all."""

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Said:
    """An answer. `drip` sends the body byte by byte with that pause; `hang` waits for the test's end."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict = field(default_factory=dict)
    type: str = "application/json"
    drip: float = 0
    hang: bool = False
    short: bool = False  # ends before the length that it promised


class TinyServer:
    """`url`, the answers to give (`answers`), and what was asked (`asked`: method, path, headers, body)."""

    def __init__(self, server, ended):
        self.server, self.ended = server, ended
        self.answers: list[Said] = []
        self.asked: list[tuple[str, str, dict, bytes]] = []

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def say(self, *answers: Said) -> "TinyServer":
        self.answers = list(answers)
        return self

    def next(self) -> Said:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        tiny = self.server.tiny
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        tiny.asked.append((self.command, self.path, dict(self.headers), body))
        said = tiny.next()
        if said.hang:
            tiny.ended.wait(30)
            self.close_connection = True
            return
        self.send_response_only(said.status)
        length = len(said.body) + (10 if said.short else 0)
        for name, value in (self.usual(said, length) | said.headers).items():
            self.send_header(name, value)
        self.end_headers()
        if said.drip:
            for byte in said.body:
                self.wfile.write(bytes([byte]))
                time.sleep(said.drip)
        else:
            self.wfile.write(said.body)
        self.close_connection = self.close_connection or said.short

    def usual(self, said, length):
        return {"Content-Type": said.type, "Content-Length": str(length), "Date": self.date_time_string()}

    do_GET = do_POST = do_PUT = do_DELETE = do_OPTIONS = answer

    def log_message(self, *args):
        """Tests read `asked`, not the console."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Clients that hang up are what some tests are about."""


@contextmanager
def tiny_server():
    server = _Server(("127.0.0.1", 0), _Handler)
    server.tiny = TinyServer(server, threading.Event())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.tiny
    finally:
        server.tiny.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()
