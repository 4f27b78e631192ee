"""Starting what a site is made of, so that it ends with us, however we end."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dev.problems import Problem

READY_SECONDS = 90
STOP_SECONDS = 20
PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    """In the child: let Linux end it when the test run is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(*command: object, log: Path, **environment: str) -> subprocess.Popen:
    """Start a program in a process group of its own; what it says goes to a file."""
    with open(log, "ab") as out:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env=os.environ | environment,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )


def wait_until(ready: Callable[[], bool], program: subprocess.Popen, log: Path) -> None:
    """Come back when the program answers; say why when it ended or takes too long."""
    deadline = time.monotonic() + READY_SECONDS
    while not ready():
        if program.poll() is not None:
            raise Problem(f"{program.args[0]} ended at once: {log.read_text(errors='replace')[-600:]}")
        if time.monotonic() > deadline:
            raise Problem(f"{program.args[0]} did not answer: {log.read_text(errors='replace')[-600:]}")
        time.sleep(0.02)


def stop(program: subprocess.Popen) -> None:
    """Ask the program and all it started to end, then insist."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            program.wait(STOP_SECONDS)
            break
    with contextlib.suppress(ProcessLookupError):  # workers whose parent is gone are still in its group
        os.killpg(program.pid, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
