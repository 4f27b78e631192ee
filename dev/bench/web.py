"""Web servers for the bench, a client that keeps its connection as browsers do, and our own code on a database."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import psycopg

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
LOGS = ROOT / "var" / "bench"


def run(code: str, address: str, **settings: str) -> str:
    """The last line that a piece of the project's own code prints, run on a database."""
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", code]
    environment = os.environ | {"DATABASE_URL": address, "LOG_LEVEL": "ERROR"} | settings
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    return done.stdout.strip().rpartition("\n")[2]


def raw(database: psycopg.Connection, sql: str) -> float:
    """Milliseconds for the same rows by SQL alone."""
    started = time.perf_counter()
    cursor = database.execute(sql)
    if cursor.description:
        cursor.fetchall()
    return (time.perf_counter() - started) * 1000


@contextlib.contextmanager
def served(settings: str, log: Path, **environment: str) -> Iterator[int]:
    """Have gunicorn serve the project with a settings module inside this block; yields the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
        settings_of_server = {"PORT": str(port), "DJANGO_SETTINGS_MODULE": settings, "WEB_CONCURRENCY": "2"}
        server = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | settings_of_server | environment, stdout=output, stderr=output
        )
    try:
        _wait_for(port, server, log)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port: int, server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit(f"The web server did not start. What it said is in {log}.")


class Browser:
    """One signed-in person at one server."""

    def __init__(self, port: int, cookies: dict[str, str], csrf: str):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        self.csrf = csrf

    def get(self, url: str) -> tuple[float, int]:
        """Milliseconds to the last byte, and the number of queries that the answer says it took."""
        return self._timed("GET", url, None, self.headers)

    def save(self, url: str, form: dict) -> tuple[float, int]:
        """The same for a form sent from a row of the list."""
        body = urlencode({**form, "submission_key": str(uuid.uuid4())})
        extra = {
            "X-CSRFToken": self.csrf,
            "Content-Type": "application/x-www-form-urlencoded",
            "HX-Request": "true",
            "HX-Target": "inline",
        }
        return self._timed("POST", url, body, self.headers | extra)

    def _timed(self, method, url, body, headers) -> tuple[float, int]:
        started = time.perf_counter()
        self.connection.request(method, url, body, headers)
        answer = self.connection.getresponse()
        answer.read()
        spent = (time.perf_counter() - started) * 1000
        if answer.status != 200:
            raise SystemExit(f"{method} {url} answered {answer.status}: nothing to measure.")
        return spent, int(answer.headers.get("X-Queries", 0))
