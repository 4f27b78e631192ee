"""The programs and the WordPress core that a site is made of: where they are, and what is missing here."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from dev import locks, paths
from dev.problems import Problem

CACHE = paths.VAR / "wordpress"
INSTALLED = Path("/usr/share/wordpress")
PACKAGES = ["wordpress", "wordpress-theme-twentytwentyone", "php-getid3", "libphp-phpmailer", "libjs-underscore"]
PROGRAMS = ["php", "mariadbd", "mariadb", "mariadb-install-db"]
EXTENSIONS = {"mysqli", "gd", "xml", "mbstring", "curl"}
DEBIAN = (
    "php-cli php-mysql php-gd php-xml php-mbstring php-curl mariadb-server-core mariadb-client-core "
    "(apt install --no-install-recommends), and the core by `make wordpress ARGS=--get-core`"
)


def program(name: str) -> str | None:
    """Where a program is; servers lie where the PATH of an ordinary user does not look."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def missing() -> str:
    """What a WordPress site needs and this machine does not have, in words; empty when all is here."""
    absent = [name for name in PROGRAMS if not program(name)]
    if not absent:
        listed = subprocess.run([program("php"), "-m"], capture_output=True, text=True, check=False).stdout
        absent = [f"PHP's {name}" for name in sorted(EXTENSIONS - set(listed.lower().split()))]
    if source() is None:
        absent.append("the WordPress core")
    return ", ".join(absent)


def source() -> Path | None:
    """The core to use: CRM_WORDPRESS_CORE, else what was fetched, else the installed package."""
    named = os.environ.get("CRM_WORDPRESS_CORE")
    places = [Path(named)] if named else [*sorted(CACHE.glob("*/core")), INSTALLED]
    return next((place for place in places if (place / "wp-load.php").exists()), None)


def version(core: Path) -> str:
    return re.search(r"\$wp_version = '([^']+)'", (core / "wp-includes/version.php").read_text())[1]


def prepared() -> Path:
    """A copy of the core in the cache, below a wp-config.php that asks each process which site it serves."""
    found = source()
    if not found.is_relative_to(CACHE):
        with locks.exclusive(CACHE / "fetch.lock", "another preparation of WordPress"):
            found = _keep(found)
    return found


def fetch() -> Path:
    """Download the core's package and unpack it beside the project; nothing is installed. Needs Debian's apt."""
    with locks.exclusive(CACHE / "fetch.lock", "another download of WordPress"):
        fetched = sorted(CACHE.glob("*/core"))
        if fetched:
            return fetched[0]
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            _download(Path(folder))
            return _keep(Path(folder) / "usr/share/wordpress")


def _download(folder: Path) -> None:
    """Each package by itself: newer cores bring what older ones depend on."""
    said = ""
    for package in PACKAGES:
        result = subprocess.run(
            ["apt-get", "download", "-qq", package], cwd=folder, capture_output=True, text=True, check=False
        )
        said = said or result.stderr.strip()
    if not list(folder.glob("wordpress_*.deb")):
        raise Problem(f"WordPress could not be downloaded (apt-get update first?): {said}")
    for package in folder.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", package, folder], check=True)


def _keep(core: Path) -> Path:
    """Copy a core into the cache: links into other packages followed, the distribution's configuration left out."""
    place = CACHE / version(core)
    if not (place / "core").exists():
        unfinished = place / "core.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(core, unfinished, ignore=_unwanted)
        (place / "wp-config.php").write_text("<?php require getenv('CRM_WP_CONFIG');\n")
        unfinished.rename(place / "core")
    return place / "core"


def _unwanted(folder: str, names: list[str]) -> set[str]:
    """What is not copied: configuration, and links to packages that are not here."""
    return {name for name in names if name in ("wp-config.php", ".htaccess") or not (Path(folder) / name).exists()}
