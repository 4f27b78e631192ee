"""Under which account the PostgreSQL server runs: ours, or an unprivileged one when we are root (it refuses root)."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from dev.problems import Problem


@dataclass(frozen=True)
class Account:
    """The account of the server process. `switch` holds subprocess arguments that run a command as it."""

    uid: int
    gid: int
    must_switch: bool

    @property
    def switch(self) -> dict:
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.must_switch else {}

    def can_use(self, folder: Path) -> bool:
        """Whether the server can reach this folder through all its parents."""
        command = ["test", "-r", str(folder), "-a", "-x", str(folder)]
        return subprocess.run(command, cwd="/", check=False, **self.switch).returncode == 0

    def own(self, path: Path) -> None:
        """Hand a file or folder of the server to it."""
        if self.must_switch:
            os.chown(path, self.uid, self.gid)


def choose() -> Account:
    """Our own account, or as root `postgres`, else `nobody`."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), must_switch=False)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, must_switch=True)
    raise Problem(
        "PostgreSQL refuses to run as root, and there is neither a postgres nor a nobody account to run it: "
        "start this as an ordinary user, or set DATABASE_URL."
    )
