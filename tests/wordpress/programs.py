"""Starting what a site is made of, so that it ends with us, however we end."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from dev.problems import Problem

READY_SECONDS = 90


# The shell leads the group and ends it: when the program ends, or when we do and our end of the pipe closes.
KEEPER = '( "$@"; kill -KILL 0 ) & read _; kill -KILL 0'


def start(*command: object, log: Path, **environment: str) -> subprocess.Popen:
    """Start a program in a process group of its own; what it says goes to a file."""
    with open(log, "ab") as out:
        return subprocess.Popen(
            ["sh", "-c", KEEPER, "sh", *(str(part) for part in command)],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=out,
            env=os.environ | environment,
            start_new_session=True,
        )


def wait_until(ready: Callable[[], bool], program: subprocess.Popen, log: Path) -> None:
    """Come back when the program answers; say why when it ended or takes too long."""
    deadline = time.monotonic() + READY_SECONDS
    while not ready():
        if program.poll() is not None:
            raise Problem(f"{program.args[4]} ended at once: {log.read_text(errors='replace')[-600:]}")
        if time.monotonic() > deadline:
            raise Problem(f"{program.args[4]} did not answer: {log.read_text(errors='replace')[-600:]}")
        time.sleep(0.02)


def stop(program: subprocess.Popen) -> None:
    """End the program with all it started, at once: nothing of it is kept."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGKILL)
    program.stdin.close()
    program.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
