"""Child processes that end with us, however we end."""

import ctypes
import os
import signal
import subprocess
import sys
import time

from dev import paths

GRACE_SECONDS = 15
PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    """In the child, before it becomes the program: let Linux send TERM when the launcher is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(*command: str, **environment: str) -> subprocess.Popen:
    """Start a program of the virtual environment in a process group of its own, so that we decide when it stops."""
    return subprocess.Popen(
        [str(paths.PYTHON), *command],
        cwd=paths.ROOT,
        env=os.environ | environment,
        start_new_session=True,
        preexec_fn=_end_with_parent,
    )


def stop(children: list[subprocess.Popen]) -> None:
    """Ask all to stop, wait, and kill those that don't."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            kill(child)
            child.wait()


def kill(child: subprocess.Popen) -> None:
    """Kill a child, with all it started when it leads a group of its own."""
    if os.getpgid(child.pid) == child.pid:
        os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()


def run(*command: str, **environment: str) -> int:
    """Run a program of the virtual environment to its end; its exit code. It shares our terminal and its Ctrl-C."""
    child = subprocess.Popen([str(paths.PYTHON), *command], cwd=paths.ROOT, env=os.environ | environment)
    try:
        return child.wait()
    finally:
        stop([child])
