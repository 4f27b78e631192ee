"""A private PostgreSQL server for development and tests: made on first use, shared by all processes of this project,
stopped by the last one to leave. TCP on 127.0.0.1 with a random password; no socket files, no system service."""

import contextlib
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from dev import binaries, locks, paths, server_account
from dev.problems import Problem

USER = DATABASE = "crm"
OUTSIDE = Path("/var/lib")  # for root alone: where its unprivileged server can read and write
START_SECONDS = 60
STOP_SECONDS = 30
COMMON = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "password_encryption": "scram-sha-256"}
# What tests and measurements write may be lost with the machine: not waiting for the disk makes them twice as fast.
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SETTINGS = {
    "dev": {},
    "test": {**THROW_AWAY, "max_locks_per_transaction": "256"},
    "bench": {**THROW_AWAY, "shared_buffers": "512MB", "max_wal_size": "4GB"},
    "container": THROW_AWAY,
}


class Cluster:
    """One server with its data folder. `name` is a key of SETTINGS."""

    def __init__(self, name: str):
        self.name = name
        self.home = paths.VAR / "postgres" / name
        self.account = server_account.choose()
        self.place = self._place()
        self.data = self.place / "data"
        self.log = self.place / "server.log"

    @contextlib.contextmanager
    def running(self) -> Iterator[str]:
        """Have the server running inside this block; yields its address as a DATABASE_URL."""
        users = locks.Users(self.home / "users.lock")
        with self._locked():
            address = self._ensure_running()
            users.join()
        try:
            yield address
        finally:
            with self._locked():
                if users.leave():
                    self.stop()

    def _locked(self):
        return locks.exclusive(self.home / "start.lock")

    def _place(self) -> Path:
        """Where the server's files lie: beside the project, or where its account can reach them."""
        self.home.mkdir(parents=True, exist_ok=True)
        if self.account.can_use(self.home):
            return self.home
        forget_vanished_projects()
        name = f"realestatecrm-{hashlib.sha256(str(paths.VAR).encode()).hexdigest()[:12]}"
        place = OUTSIDE / name / self.name
        place.mkdir(parents=True, exist_ok=True)
        for folder in (place.parent, place):
            folder.chmod(0o755)  # ours alone, and the server must get in whatever our umask is
        (place.parent / "project").write_text(str(paths.VAR.parent))
        return place

    def _throw_away(self) -> None:
        """Only for clusters whose content anybody can make again."""
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)

    # -- Starting ------------------------------------------------------------------------------------------------------
    def _ensure_running(self) -> str:
        try:
            return self._make_and_start()
        except Problem:
            if self.name == "dev":
                raise
        self._throw_away()
        return self._make_and_start()

    def _make_and_start(self) -> str:
        if not (self.data / "PG_VERSION").exists():
            self._make()
        if not self._alive():
            self._start()
        return self._address()

    def _make(self) -> None:
        """initdb into a folder that gets its name when complete, so that a killed attempt leaves no half cluster."""
        programs = binaries.find(self.account, self.place)
        unfinished = self.place / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        self.account.own(unfinished)
        password = secrets.token_urlsafe(24)
        locale = ["--locale=C.UTF-8"]
        if programs.major >= 17:
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        with self._for_server(password) as password_file:
            self._run(
                programs.initdb,
                *("-D", str(unfinished), "-U", USER, "--encoding=UTF8", *locale, "--no-sync"),
                *("--auth=scram-sha-256", f"--pwfile={password_file}", "--no-instructions"),
            )
        self._run(
            *(programs.postgres, "--single", "-D", str(unfinished), "postgres"), typed=f"CREATE DATABASE {DATABASE};\n"
        )
        self._write_password(password)
        unfinished.rename(self.data)

    @contextlib.contextmanager
    def _for_server(self, content: str) -> Iterator[Path]:
        """A short-lived file that only the server's account can read."""
        handle, name = tempfile.mkstemp(dir=self.place)
        path = Path(name)
        try:
            with os.fdopen(handle, "w") as file:
                file.write(content)
            self.account.own(path)
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _run(self, *command: str, typed: str = "") -> None:
        # Output goes to a file: PostgreSQL's programs can hang on a pipe that a child keeps open.
        with open(self.log, "ab") as log:
            result = subprocess.run(
                command, input=typed.encode(), stdout=log, stderr=log, cwd="/", check=False, **self.account.switch
            )
        if result.returncode != 0:
            raise Problem(f"The database could not be made; {self.log} says why.")

    def _start(self) -> None:
        programs = self.programs()
        for attempt in range(5):
            self._forget_dead_server()
            self.log.write_text("")
            with open(self.log, "ab") as log:
                server = subprocess.Popen(
                    [programs.postgres, "-D", str(self.data), *self._settings()],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    start_new_session=True,  # Ctrl-C in the terminal is for us; we stop the server last
                    **self.account.switch,
                )
            if self._becomes_ready(server):
                return
            time.sleep(0.5 * attempt)  # a port taken meanwhile, or processes of a killed server that are still ending
        raise Problem(
            f"The {self.name} database did not start ({self._last_complaint()}): see {self.log}, or delete "
            f"{self.place} to start with an empty one (what it holds is lost)."
        )

    def _settings(self) -> list[str]:
        settings = {**COMMON, **SETTINGS[self.name], "port": str(free_port())}
        return [argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")]

    def _becomes_ready(self, server: subprocess.Popen) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while server.poll() is None and time.monotonic() < deadline:
            lines = self._pid_lines()
            if len(lines) >= 8 and lines[7].strip() == "ready" and lines[0] == str(server.pid):
                return True
            time.sleep(0.02)
        return False

    def programs(self) -> binaries.Binaries:
        """The programs of the version that made the data folder."""
        return binaries.find(self.account, self.place, major=self._major())

    def _major(self) -> int:
        text = (self.data / "PG_VERSION").read_text().strip()
        if not text.isdecimal():
            raise Problem(f"The {self.name} database is damaged: delete {self.place} to start with an empty one.")
        return int(text)

    def _last_complaint(self) -> str:
        lines = [
            line for line in self.log.read_text(errors="replace").splitlines() if "FATAL" in line or "PANIC" in line
        ]
        return lines[-1].split(": ", 1)[-1].strip() if lines else "it gave no reason"

    # -- What runs -----------------------------------------------------------------------------------------------------
    def _pid_lines(self) -> list[str]:
        """postmaster.pid: pid, data folder, start, port, socket folder, address, shared memory, status."""
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _pid(self) -> int | None:
        lines = self._pid_lines()
        return int(lines[0]) if lines and lines[0].strip().isdecimal() else None

    def _alive(self) -> bool:
        pid = self._pid()
        return pid is not None and runs_on(pid, self.data)

    def _forget_dead_server(self) -> None:
        """A killed server leaves its pid file, and its pid may be a zombie or given away: both mislead PostgreSQL."""
        if not self._alive():
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def stop(self) -> None:
        """Stop the server if it runs: a fast shutdown, then an immediate one when that takes too long."""
        pid = self._pid()
        if not self._alive():
            return
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            os.kill(pid, how)
            deadline = time.monotonic() + STOP_SECONDS
            while time.monotonic() < deadline:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, os.WNOHANG)
                if not runs_on(pid, self.data):
                    return
                time.sleep(0.02)

    # -- Its address ---------------------------------------------------------------------------------------------------
    @property
    def password_file(self) -> Path:
        return self.home / "password"

    def _write_password(self, password: str) -> None:
        handle = os.open(self.password_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(password)

    def _address(self) -> str:
        try:
            password = self.password_file.read_text()
        except OSError:
            raise Problem(
                f"The password of the {self.name} database is gone from {self.password_file}: put it back, or delete "
                f"{self.place} to start with an empty database."
            ) from None
        return f"postgres://{USER}:{password}@127.0.0.1:{self._pid_lines()[3]}/{DATABASE}"


def forget_vanished_projects() -> None:
    """Delete what temporary clones, deleted since, have left outside of themselves."""
    for note in OUTSIDE.glob("realestatecrm-*/project"):
        project = Path(note.read_text())
        if project.is_relative_to(tempfile.gettempdir()) and not project.exists():
            shutil.rmtree(note.parent, ignore_errors=True)


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def runs_on(pid: int, data: Path) -> bool:
    """Whether this process is a living PostgreSQL server on this data folder: not a zombie, not another program."""
    state = Path(f"/proc/{pid}")
    if Path("/proc/self").exists():
        try:
            status = (state / "stat").read_text().rpartition(")")[2].split()[0]
            command = (state / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            return False
        return status != "Z" and str(data) in command
    answer = subprocess.run(["ps", "-o", "stat=,command=", "-p", str(pid)], capture_output=True, text=True)
    return not answer.stdout.startswith("Z") and str(data) in answer.stdout
