"""The private MariaDB behind the sites: one server on a socket, one database a site."""

import os
import subprocess
from pathlib import Path

from dev.problems import Problem
from tests.wordpress import core, programs

# What tests write may be lost with the machine.
SETTINGS = [
    "--skip-networking",
    "--skip-name-resolve",
    "--skip-log-bin",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=0",
    "--innodb-buffer-pool-size=128M",
    "--innodb-log-file-size=32M",
    "--performance-schema=OFF",
    "--max-connections=100",
]


class Database:
    """The server."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.log = folder / "database.log"
        self.socket = folder / "s"  # such names may not be longer than 107 letters
        self.server = None

    def start(self) -> None:
        self._make()
        root = ["--user=root"] if os.geteuid() == 0 else []
        self.server = programs.start(
            *(core.program("mariadbd"), "--no-defaults", *root, f"--datadir={self.folder / 'db'}"),
            *(f"--socket={self.socket}", f"--pid-file={self.folder / 'db.pid'}", f"--tmpdir={self.folder}", *SETTINGS),
            log=self.log,
        )
        programs.wait_until(self._answers, self.server, self.log)

    def _make(self) -> None:
        root = ["--user=root"] if os.geteuid() == 0 else []
        result = subprocess.run(
            [
                *(core.program("mariadb-install-db"), "--no-defaults", *root, f"--datadir={self.folder / 'db'}"),
                *("--auth-root-authentication-method=normal", "--skip-test-db", "--force", "--skip-name-resolve"),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            raise Problem(f"MariaDB could not be made: {result.stdout[-600:]} {result.stderr[-600:]}")

    def _answers(self) -> bool:
        return self._client("SELECT 1").returncode == 0

    def _client(self, statements: str, name: str = "") -> subprocess.CompletedProcess:
        command = [core.program("mariadb"), "--no-defaults", "-uroot", "-S", str(self.socket), "-N", "-B", name]
        return subprocess.run([part for part in command if part], input=statements, capture_output=True, text=True)

    def run(self, statements: str, name: str = "") -> list[list[str]]:
        """Run SQL in the database of a site; rows as texts."""
        result = self._client(statements, name)
        if result.returncode:
            raise Problem(f"MariaDB refused: {result.stderr.strip()}")
        return [line.split("\t") for line in result.stdout.splitlines()]

    def add(self, name: str) -> None:
        """An empty database for a site."""
        self.run(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")

    def tables(self, name: str) -> list[str]:
        return [row[0] for row in self.run("SHOW TABLES", name)]

    def snapshot(self, name: str, copy: str) -> None:
        """Keep a database as it is now under another name."""
        steps = [f"DROP DATABASE IF EXISTS {copy}; CREATE DATABASE {copy} CHARACTER SET utf8mb4"]
        for table in self.tables(name):
            steps.append(f"CREATE TABLE {copy}.{table} LIKE {name}.{table}")
            steps.append(f"INSERT INTO {copy}.{table} SELECT * FROM {name}.{table}")
        self.run(";\n".join(steps))

    def restore(self, name: str, copy: str) -> None:
        """Bring a database back to what was kept; numbers given out since are not given out again."""
        steps, kept = ["SET foreign_key_checks=0; BEGIN"], set(self.tables(copy))
        for table in self.tables(name):
            steps.append(f"DELETE FROM {name}.{table}")
            if table in kept:
                steps.append(f"INSERT INTO {name}.{table} SELECT * FROM {copy}.{table}")
        self.run(";\n".join([*steps, "COMMIT"]))

    def stop(self) -> None:
        if self.server:
            programs.stop(self.server)
