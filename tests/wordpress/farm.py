"""The sites of one test run: one database server, each site started when first asked for, all ended together."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from dev.problems import Problem
from tests.wordpress import core
from tests.wordpress.database import Database
from tests.wordpress.site import WORKERS, Site

NAME = "crm-wp-"


class Farm:
    """`with Farm() as farm: farm.site("main")`."""

    def __init__(self):
        self.folder = None
        self.sites: dict[str, Site] = {}
        self.ending = contextlib.ExitStack()

    def __enter__(self) -> "Farm":
        absent = core.missing()
        if absent:
            raise Problem(f"No WordPress here: missing {absent}. Install {core.DEBIAN}.")
        _forget_dead_farms()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{NAME}{os.getpid()}-"))
        self.ending.callback(shutil.rmtree, self.folder, ignore_errors=True)
        try:
            self._prepare()
        except BaseException:
            self.ending.close()
            raise
        return self

    def _prepare(self) -> None:
        self.database = Database(self.folder)
        self.ending.callback(self.database.stop)
        self.database.start()

    def __exit__(self, *_) -> None:
        self.ending.close()

    def site(self, name: str = "main", *, companion: bool = True, port: int = 0, workers: int = WORKERS) -> Site:
        """The site of this name; made when there is none yet. Without the companion it is WordPress as it comes."""
        if name not in self.sites:
            site = Site(self.folder / name, name, self.database, port=port, workers=workers)
            self.ending.callback(site.stop)
            self.sites[name] = site.start(companion=companion)
        return self.sites[name]


def _forget_dead_farms() -> None:
    """Delete what runs that were killed outright have left; their servers ended with them."""
    for folder in Path(tempfile.gettempdir()).glob(f"{NAME}*"):
        owner = folder.name.removeprefix(NAME).partition("-")[0]
        if owner.isdecimal() and not _alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
