"""`make container`: builds the production image without Docker, starts it as production does, and checks that it works.

Needs root and Debian's buildah and debootstrap. The base image is made by debootstrap from the same Debian release that
the Dockerfile names, so nothing is fetched from an image registry.
"""

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from dev import deployment, environment, paths
from dev.cluster import Cluster, free_port
from dev.problems import Problem

HOME = paths.VAR / "container"
IMAGE = "realestatecrm"
MIRROR = "http://deb.debian.org/debian"
HOST_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
READY_SECONDS = 60


def run(_arguments: list[str]) -> int:
    """Lint, build, migrate, serve, check, stop; prints a line for each. Raises Problem at the first that fails."""
    check_tools()
    environment.ensure("dev")
    check_files()
    make_base(base_image())
    build()
    with Cluster("container").running() as address:
        container = buildah("from", IMAGE).strip()
        try:
            serve_and_check(container, address)
        finally:
            buildah("rm", container)
    print("The container is built, started, healthy and migrated.")
    return 0


def check_tools() -> None:
    """Raise Problem where a tool or the rights are missing, with what to install."""
    missing = [tool for tool in ("buildah", "debootstrap") if not shutil.which(tool)]
    if missing or os.geteuid() != 0:
        raise Problem(
            "make container needs root, buildah and debootstrap: apt install buildah debootstrap, then run it as root."
        )


def check_files() -> None:
    """Lint Dockerfile and fly.toml. Raises Problem."""
    linted = subprocess.run([paths.VENV / "bin" / "hadolint", "Dockerfile"], cwd=paths.ROOT, check=False)
    if linted.returncode != 0:
        raise Problem("hadolint refuses the Dockerfile; the lines above say why.")
    wrong = deployment.problems(deployment.read())
    if wrong:
        raise Problem("fly.toml: " + " ".join(wrong))
    report("Dockerfile and fly.toml are in order")


def base_image() -> str:
    """The image that the Dockerfile starts from, such as debian:trixie-slim."""
    named = set(re.findall(r"^FROM (\S+)", (paths.ROOT / "Dockerfile").read_text(), re.MULTILINE))
    if len(named) != 1:
        raise Problem("The Dockerfile starts from more than one base image: name one.")
    return named.pop()


def make_base(image: str) -> None:
    """Put a minimal Debian under the base image's name, once."""
    name = f"docker.io/library/{image}"
    if name in buildah("images", "--format", "{{.Name}}:{{.Tag}}"):
        return
    start = time.monotonic()
    release = image.partition(":")[2].removesuffix("-slim")
    root = HOME / "base"
    shutil.rmtree(root, ignore_errors=True)
    root.parent.mkdir(parents=True, exist_ok=True)
    call("debootstrap", "--variant=minbase", "--include=ca-certificates", release, str(root), MIRROR)
    if HOST_CERTIFICATES.exists():  # so that builds work behind a company's proxy
        shutil.copy(HOST_CERTIFICATES, root / HOST_CERTIFICATES.relative_to("/"))
    container = buildah("from", "scratch").strip()
    buildah("add", container, str(root), "/")
    buildah("commit", "--rm", container, name)
    shutil.rmtree(root)
    report("base image made", start)


def build() -> None:
    """Build the image from the Dockerfile, with nothing fetched but packages."""
    start = time.monotonic()
    buildah("build", "--isolation", "chroot", "--format", "docker", "--pull-never", "--tag", IMAGE, ".")
    size = json.loads(buildah("images", "--json", IMAGE))[0]["size"]
    report(f"image built, {size}", start)


def serve_and_check(container: str, address: str) -> None:
    """Do in the container what a release does (migrate, check, start web and worker), ask it, and stop it."""
    fly = deployment.read()
    port, token = free_port(), secrets.token_urlsafe(32)
    settings = production_settings(address, port, token)
    who = in_container(container, settings, "id -u").stdout.strip()
    expect(who not in ("", "0"), f"runs as user {who}, not as root")
    start = time.monotonic()
    released = in_container(container, settings, fly["deploy"]["release_command"])
    expect(
        released.returncode == 0, f"release command migrates\n{released.stdout if released.returncode else ''}", start
    )
    deployed = in_container(
        container, settings, "env SILENCED_CHECKS=accounts.W001 python manage.py check --deploy --fail-level WARNING"
    )
    expect(deployed.returncode == 0, f"check --deploy is clean\n{deployed.stdout if deployed.returncode else ''}")
    started = {name: start_in(container, settings, command, name) for name, command in fly["processes"].items()}
    try:
        check_answers(port, token, started)
    finally:
        stop(started)


def production_settings(address: str, port: int, token: str) -> dict[str, str]:
    """What `fly secrets` and fly.toml would set, with values for this machine."""
    return {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DATABASE_URL": address,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "INTERNAL_TOKEN": token,
        "SITE_URL": "https://crm.example.com",
        "ALLOWED_HOSTS": "crm.example.com",
        "EMAIL_URL": "smtp+tls://user:password@mail.example.com:587",
        "DEFAULT_FROM_EMAIL": "RealEstateCRM <crm@example.com>",
        "SENTRY_DSN": "https://key@errors.example.com/1",
        "TRUSTED_PROXY_HEADER": "Fly-Client-IP",
        "MEDIA_ROOT": "/tmp/media",  # noqa: S108 - inside the container
    }


def check_answers(port: int, token: str, started: dict[str, subprocess.Popen]) -> None:
    """Wait until the web process answers, and look at what it says. Raises Problem at the first that is not so."""
    start = time.monotonic()
    while ask(port, "/healthz")[0] != 200 and time.monotonic() < start + READY_SECONDS:
        gone = [name for name, process in started.items() if process.poll() is not None]
        if gone:
            raise Problem(f"{' and '.join(gone)} ended by itself; what it said is in {HOME}.")
        time.sleep(0.1)
    expect(ask(port, "/healthz")[0] == 200, "/healthz answers 200", start)
    status, body = ask(port, "/readyz", Authorization=f"Bearer {token}")
    expect(status == 200, f"/readyz answers {status}: {body.strip()}")
    expect(ask(port, "/listings/", Host="crm.example.com")[0] == 301, "http is led to https")
    secure = {"Host": "crm.example.com", "X-Forwarded-Proto": "https"}
    status, body = ask(port, "/accounts/login/", **secure)
    expect(status == 200 and "<form" in body, "the sign-in page is served")
    style = re.search(r'href="(/static/[^"]+\.css)"', body)
    expect(style is not None and ask(port, style[1], **secure)[0] == 200, f"its style is served: {style and style[1]}")


def ask(port: int, path: str, **headers: str) -> tuple[int, str]:
    """Status and text of a page; 0 when nothing answers. Redirects are not followed."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.build_opener(NoRedirect).open(request, timeout=10) as answer:
            return answer.status, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")
    except OSError:
        return 0, ""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


def stop(started: dict[str, subprocess.Popen]) -> None:
    """Send TERM as fly does, to the program itself: buildah, around it, passes no signals on."""
    start = time.monotonic()
    for process in started.values():
        os.kill(program_inside(process.pid), signal.SIGTERM)
    for name, process in started.items():
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.kill(program_inside(process.pid), signal.SIGKILL)
            raise Problem(f"The {name} process did not stop within 30 s of TERM.") from None
    ended = {name: process.returncode for name, process in started.items()}
    expect(not any(ended.values()), f"web and worker stop on TERM by themselves: exit {ended}", start)


def program_inside(pid: int) -> int:
    """The first process below buildah's own."""
    while "buildah" in Path(f"/proc/{pid}/cmdline").read_text().split("\0")[0]:
        below = [child for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]
        if not below:
            break
        pid = int(below[0])
    return pid


def command_in(container: str, settings: dict[str, str], command: str) -> list[str]:
    """The command line that runs `command` in the container with these settings."""
    given = [argument for name, value in settings.items() for argument in ("--env", f"{name}={value}")]
    return [*BUILDAH, "run", "--isolation", "chroot", *given, container, "--", "sh", "-c", f"exec {command}"]


def in_container(container: str, settings: dict[str, str], command: str) -> subprocess.CompletedProcess:
    """Run a command in the container and wait; what it printed is in `stdout`."""
    return subprocess.run(
        command_in(container, settings, command),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def start_in(container: str, settings: dict[str, str], command: str, name: str) -> subprocess.Popen:
    """Start a command in the container and go on; what it says goes to `<name>.log`."""
    with open(HOME / f"{name}.log", "wb") as log:
        return subprocess.Popen(
            command_in(container, settings, command), stdout=log, stderr=log, start_new_session=True
        )


BUILDAH = ["buildah", "--root", str(HOME / "storage"), "--runroot", str(HOME / "run"), "--storage-driver", "vfs"]


def buildah(*arguments: str) -> str:
    """Run buildah on a storage of its own; its output. Raises Problem."""
    return call(*BUILDAH, *arguments)


def call(*command: str) -> str:
    """Run a program; its output. Raises Problem, after printing what it said, when it fails."""
    result = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        print(f"{result.stdout[-4000:]}\n{result.stderr[-4000:]}")
        raise Problem(f"{command[0]} failed; the lines above say why.")
    return result.stdout


def expect(holds: bool, sentence: str, start: float | None = None) -> None:
    """Report what holds, with the seconds since `start`; raise Problem where it does not."""
    if not holds:
        raise Problem(f"Not so: {sentence}")
    report(sentence.strip(), start)


def report(sentence: str, start: float | None = None) -> None:
    """A line of progress, with the seconds since `start`."""
    seconds = f" ({time.monotonic() - start:.1f} s)" if start is not None else ""
    print(f"  {sentence}{seconds}", flush=True)
