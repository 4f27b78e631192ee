"""File locks, which the system releases by itself when their holder dies."""

import contextlib
import fcntl
import os
import sys
from pathlib import Path


@contextlib.contextmanager
def exclusive(path: Path, waiting_for: str = ""):
    """Hold the lock at `path`; when another process has it, say what we wait for and wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting_for:
                print(f"Waiting for {waiting_for}...", file=sys.stderr, flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class Users:
    """Counts who uses something, across processes: each holds a shared lock until it leaves or dies."""

    def __init__(self, path: Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def join(self) -> None:
        fcntl.flock(self.handle, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Give up our share; True when nobody else holds one."""
        try:
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(self.handle)
        return True
