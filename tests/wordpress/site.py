"""One throw-away WordPress site: PHP's own server with workers on a free port, its content in a folder of its own."""

import base64
import http.client
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from dev.paths import ROOT
from dev.problems import Problem
from tests.wordpress import core, programs
from tests.wordpress.database import Database

PHP = Path(__file__).parent / "php"
COMPANION = ROOT / "wordpress" / "realestatecrm-companion"
WORKERS, PORTS_TO_TRY = 4, 3
OPTIONS = {
    "upload_max_filesize": "8M",
    "post_max_size": "9M",
    "memory_limit": "256M",
    "max_execution_time": "120",
    "opcache.enable_cli": "1",
    "opcache.memory_consumption": "128",
    "opcache.validate_timestamps": "1",
    "opcache.revalidate_freq": "0",
}


@dataclass(frozen=True)
class User:
    """Somebody with an account on the site. The password of the sign-in page is the login itself."""

    id: int
    login: str
    password: str  # the application password

    @property
    def authorization(self) -> str:
        return "Basic " + base64.b64encode(f"{self.login}:{self.password}".encode()).decode()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()

    def json(self):
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


class Site:
    """Started by `start`, ended by `stop`. `users` holds admin, editor, author and contributor."""

    def __init__(self, folder: Path, name: str, database: Database, *, port: int = 0, workers: int = WORKERS):
        self.folder, self.name, self.database = folder, name, database
        self.port = port or programs.free_port()
        self.workers = workers
        self.content = folder / "www" / "wp-content"
        self.log = folder / "php.log"
        self.users: dict[str, User] = {}
        self.version = ""
        self.server = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def admin(self) -> User:
        return self.users["admin"]

    # -- Starting and ending -------------------------------------------------------------------------------------------
    def start(self, *, companion: bool = True, **settings: str) -> "Site":
        """Make the site, install WordPress in it, and serve it. `settings` are PHP's, with _ for a dot."""
        self._make()
        self.database.add(self.name)
        said = self._run("install")
        self.version = said["version"]
        self.users = {
            login: User(id=user["id"], login=login, password=user["password"]) for login, user in said["users"].items()
        }
        if companion:
            self.add_plugin(COMPANION)
        self.serve(**settings)
        self.snapshot("fresh")
        return self

    def serve(self, **settings: str) -> None:
        """Start PHP's server; on another port where somebody took ours in the meantime."""
        options = OPTIONS | {name.replace("__", "."): value for name, value in settings.items()}
        for attempt in range(PORTS_TO_TRY):
            self.server = programs.start(
                *(
                    core.program("php"),
                    *(part for name, value in options.items() for part in ("-d", f"{name}={value}")),
                ),
                *("-S", f"127.0.0.1:{self.port}", "-t", self.folder / "www", PHP / "router.php"),
                log=self.log,
                PHP_CLI_SERVER_WORKERS=str(self.workers),
                **self._environment(),
            )
            try:
                return programs.wait_until(self._answers, self.server, self.log)
            except Problem:
                self.stop()
                if attempt == PORTS_TO_TRY - 1 or "in use" not in self.log.read_text(errors="replace"):
                    raise
                self.port = programs.free_port()

    def stop(self) -> None:
        if self.server:
            programs.stop(self.server)
            self.server = None

    def _make(self) -> None:
        """The document root: the core by links, which nobody writes to, and a wp-content of the site's own."""
        source = core.prepared()
        www = self.folder / "www"
        www.mkdir(parents=True)
        for part in source.iterdir():
            if part.name not in ("wp-config.php", "wp-content", ".htaccess"):
                (www / part.name).symlink_to(part)
        for part in ("plugins", "themes", "uploads", "mu-plugins"):
            (self.content / part).mkdir(parents=True)
        for theme in (source / "wp-content" / "themes").iterdir():
            if theme.is_dir():
                (self.content / "themes" / theme.name).symlink_to(theme.resolve())
        shutil.copy(PHP / "mu-plugin.php", self.content / "mu-plugins" / "test-site.php")

    def _answers(self) -> bool:
        try:
            return f"Site {self.name}" in self.call("GET", "/wp-json/").text
        except OSError:
            return False

    def _environment(self) -> dict[str, str]:
        return {
            "CRM_WP_DB": self.name,
            "CRM_WP_SOCKET": str(self.database.socket),
            "CRM_WP_PORT": str(self.port),
            "CRM_WP_CONTENT": str(self.content),
            "CRM_WP_CONFIG": str(PHP / "config.php"),
            "CRM_WP_CORE": str(core.prepared()),
            "CRM_WP_TITLE": f"Site {self.name}",
            "CRM_WP_DEBUG": "1",
        }

    # -- Inside of WordPress -------------------------------------------------------------------------------------------
    def _run(self, *arguments: str, code: str = ""):
        result = subprocess.run(
            [core.program("php"), "-d", "memory_limit=256M", str(PHP / "run.php"), *arguments],
            input=code,
            capture_output=True,
            text=True,
            env=os.environ | self._environment(),
            check=False,
        )
        _, mark, answer = result.stdout.rpartition("\n--answer--\n")
        if result.returncode or not mark:
            raise Problem(
                f"WordPress failed: {self.complaints()[-1500:] or result.stdout[-800:]} {result.stderr[-800:]}"
            )
        return json.loads(answer)

    def php(self, code: str):
        """Run PHP inside of WordPress as its administrator: `site.php("return get_option('blogname');")`."""
        return self._run("eval", code=code)

    def add_plugin(self, folder: Path) -> None:
        """Copy a plugin into the site and switch it on. A copy, because a site may delete its plugins."""
        shutil.copytree(folder, self.content / "plugins" / folder.name)
        self.activate(f"{folder.name}/{folder.name}.php")

    def activate(self, plugin: str) -> None:
        self._run("activate", plugin)

    def sql(self, statements: str) -> list[list[str]]:
        return self.database.run(statements, self.name)

    def complaints(self) -> str:
        """What PHP complained about since the site was started: notices, warnings, deprecations."""
        log = self.content / "debug.log"
        return log.read_text(errors="replace") if log.exists() else ""

    # -- As it was -----------------------------------------------------------------------------------------------------
    def snapshot(self, name: str) -> None:
        """Make a backup of the site."""
        self.database.snapshot(self.name, f"{self.name}__{name}")
        shutil.copytree(self.content / "uploads", self.folder / f"uploads-{name}")

    def restore(self, name: str) -> None:
        """Put a backup back; numbers of posts given out since are not given out again."""
        self.database.restore(self.name, f"{self.name}__{name}")
        shutil.rmtree(self.content / "uploads")
        shutil.copytree(self.folder / f"uploads-{name}", self.content / "uploads")

    # -- Over HTTP -----------------------------------------------------------------------------------------------------
    def call(self, method: str, path: str, body=None, *, user: User | None = None, headers=None, port=0) -> Answer:
        """One request, redirects not followed: a dict is sent as JSON, bytes as they are."""
        sent = {"Authorization": user.authorization} if user else {}
        if body is not None and not isinstance(body, bytes):
            body, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=60)
        try:
            connection.request(method, path, body, sent | (headers or {}))
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.headers.items()}
            cookies = tuple(answer.headers.get_all("Set-Cookie", ()))
            return Answer(answer.status, named, answer.read(), cookies)
        finally:
            connection.close()
