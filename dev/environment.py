"""The virtual environment in .venv: made when missing, brought up to date when the pinned requirements change."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from dev import find_python, locks, paths
from dev.problems import Problem

# dev.txt holds everything that base.txt and postgres.txt hold.
CONTAINS = {"base": [], "postgres": [], "dev": ["base", "postgres"]}


def ensure(*wanted: str) -> None:
    """Have the named requirement files (`base`, `postgres`, `dev`) installed in .venv. Safe to call from several
    processes at once. Raises Problem when Python or a package cannot be had."""
    if all(_is_installed(name) for name in wanted) and _python_is_the_same():
        return
    with locks.exclusive(paths.VAR / "environment.lock", "another process that sets up the Python packages"):
        if not _python_is_the_same():
            _make_venv()
        missing = [name for name in wanted if not _is_installed(name)]
        if missing:
            _install(missing)


def key(name: str) -> str:
    """What one installed requirement file depends on: its content, and the Python that .venv was made with."""
    content = (paths.REQUIREMENTS / f"{name}.txt").read_bytes()
    return hashlib.sha256(content + _stamp("python").encode()).hexdigest()


def _stamp_file(name: str) -> Path:
    return paths.VENV / f".crm-{name}"


def _stamp(name: str) -> str:
    try:
        return _stamp_file(name).read_text()
    except OSError:
        return ""


def _is_installed(name: str) -> bool:
    return _stamp(name) == key(name)


def _identity(interpreter: str) -> str:
    """Path and version of a Python, so that an upgraded or removed one is noticed (its file changes)."""
    try:
        found = os.stat(interpreter)
    except OSError:
        return ""
    return f"{interpreter}|{found.st_size}|{int(found.st_mtime)}"


def _python_is_the_same() -> bool:
    made_with = _stamp("python")
    return bool(made_with) and paths.PYTHON.exists() and made_with == _identity(made_with.split("|")[0])


def _uv() -> str | None:
    return shutil.which("uv")


def _make_venv() -> None:
    try:
        interpreter = find_python.first_suitable(needs_venv=not _uv())
    except find_python.NoPython as none:
        raise Problem(str(none)) from none
    if paths.VENV.exists():
        _say("The Python that .venv was made with has changed: making it again.")
        shutil.rmtree(paths.VENV)
    if _uv():
        command = [_uv(), "venv", "--quiet", "--python", interpreter, str(paths.VENV)]
    else:
        command = [interpreter, "-m", "venv", str(paths.VENV)]
    _run(command, f"The virtual environment could not be made with {interpreter}")
    _stamp_file("python").write_text(_identity(interpreter))


def _install(names: list[str]) -> None:
    _say("Setting up the Python packages (once, and again when requirements change)...")
    for name in names:
        _stamp_file(name).unlink(missing_ok=True)
    files = [argument for name in names for argument in ("--requirement", str(paths.REQUIREMENTS / f"{name}.txt"))]
    if _uv():
        command = [_uv(), "pip", "install", "--quiet", "--python", str(paths.PYTHON), "--require-hashes", *files]
    else:
        command = [
            *(str(paths.PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"),
            # The files pin the whole tree, so nothing needs resolving; Python compiles what it imports by itself.
            *("--require-hashes", "--no-deps", "--no-compile", *files),
        ]
    _run(command, "The Python packages could not be installed")
    for name in names:
        for covered in (name, *CONTAINS[name]):
            _stamp_file(covered).write_text(key(covered))


def _run(command: list[str], failure: str) -> None:
    environment = os.environ | {"UV_SYSTEM_CERTS": "1", "UV_PYTHON_DOWNLOADS": "never"}
    environment.pop("VIRTUAL_ENV", None)
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode != 0:
        print(result.stdout, file=sys.stderr)
        raise Problem(f"{failure}; the lines above say why. Check the network and run this again.")


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
