"""`make run`: everything the CRM needs on this machine, in one foreground command."""

import errno
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request

from dev import children, database, environment, paths
from dev.problems import Problem

READY_SECONDS = 60


def run(_arguments: list[str]) -> int:
    """Set up, start the database, the web server and the job worker; return when told to stop (by SystemExit or
    KeyboardInterrupt from a signal) or when one of them ends by itself."""
    port = chosen_port(os.environ.get("PORT", ""))
    refuse_taken(port)
    environment.ensure("base")
    with database.available() as found:
        demo = prepare(found)["demo"]
        refuse_taken(port)
        started: list[subprocess.Popen] = []
        try:
            started.append(web(port))
            started.append(worker(port))
            wait_until_ready(port, started)
            greet(port, demo)
            return wait_for_an_end(started)
        finally:
            children.stop(started)


def chosen_port(text: str) -> int:
    """PORT as a number, 8000 when empty; raises Problem when it is none."""
    if not text:
        return 8000
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 65535):
        raise Problem(f"PORT is “{text}”, which is no port: use a number from 1 to 65535, such as PORT=8001 make run.")
    return int(text)


def refuse_taken(port: int) -> None:
    """Raise Problem when something else listens there, or we may not."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            other = 8001 if port == 8000 else 8000
            if error.errno == errno.EADDRINUSE:
                why = f"Port {port} is taken by another program: stop it, or choose another with PORT={other} make run."
            else:
                why = f"Port {port} cannot be used ({error.strerror}): choose another with PORT={other} make run."
            raise Problem(why) from None


def prepare(found: database.Database, *arguments: str) -> dict:
    """Migrate the database and seed it when it is empty. Raises Problem with the sentence that dev/prepare.py found."""
    result = subprocess.run(
        [str(paths.PYTHON), "-m", "dev.prepare", *(["--own"] if found.own else []), *arguments],
        cwd=paths.ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    answer = _last_object(result.stdout)
    if "problem" in answer:
        raise Problem(answer["problem"])
    if result.returncode != 0 or not answer:
        raise Problem("The database could not be prepared; the lines above say why.")
    return answer


def _last_object(printed: str) -> dict:
    lines = [line for line in printed.splitlines() if line.startswith("{")]
    return json.loads(lines[-1]) if lines else {}


def web(port: int) -> subprocess.Popen:
    """The web server, as production starts it."""
    server = ("-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi")
    return children.start(*server, HOST="127.0.0.1", PORT=str(port), SITE_URL=site_url(port))


def worker(port: int) -> subprocess.Popen:
    """The job worker; it sends mail, whose links start with SITE_URL."""
    program = ("manage.py", "procrastinate", "worker", "--shutdown-graceful-timeout=5")
    return children.start(*program, SITE_URL=site_url(port))


def site_url(port: int) -> str:
    """What people type and links in mail start with: localhost, because browsers keep no passkey for a bare number."""
    return os.environ.get("SITE_URL") or f"http://localhost:{port}"


def wait_until_ready(port: int, started: list[subprocess.Popen]) -> None:
    """Return when /readyz says 200; raise Problem when a program ends or time runs out, with what /readyz said."""
    said = "no answer"
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if any(child.poll() is not None for child in started):
            raise Problem("The server ended while it was starting; the lines above say why.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except urllib.error.HTTPError as error:
            said = f"{error.code} {error.read(300).decode(errors='replace')}"
        except OSError:
            pass
        time.sleep(0.1)
    raise Problem(f"The server is not ready after {READY_SECONDS} s: /readyz says {said}.")


def greet(port: int, demo: list[list[str]]) -> None:
    """Say where it is served, and who may sign in (`demo`: role, e-mail, password)."""
    lines = ["", f"  RealEstateCRM is ready at {site_url(port)}", ""]
    if demo:
        lines += ["  Sign in as", *(f"    {role:<16}{email:<26}{password}" for role, email, password in demo), ""]
    lines += ["  Ctrl-C stops everything.", ""]
    print("\n".join(lines), flush=True)


def wait_for_an_end(started: list[subprocess.Popen]) -> int:
    """Wait for ever; raise Problem when one of these programs ends by itself."""
    while True:
        for child in started:
            if child.poll() is not None:
                raise Problem(
                    f"{' '.join(child.args[1:3])} ended by itself (exit {child.returncode}); the lines above say why."
                )
        time.sleep(0.5)
