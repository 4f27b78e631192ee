"""The names of the Makefile, and what each does."""

import os
import signal
import sys

from dev import checks, children, container, database, environment, find_python, lockfiles, locks, paths, plugin, serve
from dev.problems import Problem


def test(arguments: list[str]) -> int:
    """`make test`: one run at a time, on a database of its own."""
    environment.ensure("dev")
    with locks.exclusive(paths.VAR / "test.lock", "another run of the tests here"), database.available("test"):
        return children.run("-m", "pytest", *arguments)


def bench(arguments: list[str]) -> int:
    """`make bench`: one run at a time, on a database of its own."""
    environment.ensure("dev")
    with locks.exclusive(paths.VAR / "bench.lock", "another bench here"), database.available("bench") as found:
        serve.prepare(found, "--migrate-only")
        return children.run("-m", "dev.bench", *arguments)


def seed(arguments: list[str]) -> int:
    """`make seed`."""
    return manage(["seed_demo", *arguments])


def shell(arguments: list[str]) -> int:
    """`make shell`."""
    return manage(["shell", *arguments])


def manage(arguments: list[str]) -> int:
    """`make manage`: any manage.py command, on a migrated database."""
    environment.ensure("base")
    with database.available() as found:
        serve.prepare(found, "--migrate-only")
        return children.run("manage.py", *arguments)


def wordpress(arguments: list[str]) -> int:
    """`make wordpress`: a throw-away WordPress."""
    from tests.wordpress import by_hand  # the harness of the tests; it needs nothing but Python

    return by_hand.run(arguments)


def show_help(_arguments: list[str]) -> int:
    """Print every name with its meaning."""
    print("RealEstateCRM: make NAME, or python3 -m dev NAME\n")
    for name, (_, meaning) in COMMANDS.items():
        print(f"  {name:<11}{meaning}")
    print(
        "\nPORT picks the port (8000). DATABASE_URL names another database; without it, everything uses its own server."
    )
    return 0


COMMANDS = {
    "run": (serve.run, "set up what is missing, then serve the CRM and its jobs until Ctrl-C"),
    "test": (test, "all tests; ARGS='tests/core -k name' picks some"),
    "lint": (checks.run, "style, security, migrations, Dockerfile"),
    "bench": (bench, "measure the speed of pages; BENCH_ROWS sets the size"),
    "seed": (seed, "bring the demo agency up to date in the development database"),
    "shell": (shell, "Python with the models loaded, on the development database"),
    "manage": (manage, "any manage.py command: ARGS='import_listings FILE'"),
    "wordpress": (wordpress, "a throw-away WordPress with the companion to try on, until Ctrl-C"),
    "plugin": (plugin.run, "the companion plugin as a zip, to upload to a WordPress site"),
    "lock": (lockfiles.run, "pin the requirements again after a change in pyproject.toml"),
    "container": (container.run, "build the production image, start it, and check that it serves (root, Debian)"),
    "help": (show_help, "this list"),
}


def stop_once(number: int, _frame: object) -> None:
    """Leave by unwinding, so that everything started is stopped; a second signal must not cut that short."""
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    sys.exit(128 + number if number != signal.SIGINT else 130)


def main(arguments: list[str]) -> int:
    name, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if name not in COMMANDS:
        print(f"There is no “{name}”; these there are:\n", file=sys.stderr)
        show_help([])
        return 2
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop_once)
    os.chdir(paths.ROOT)
    try:
        return COMMANDS[name][0](rest)
    except (Problem, find_python.NoPython) as problem:
        return say(str(problem))
    except PermissionError as error:
        return say(
            f"{error.filename or 'A file of the project'} belongs to another account: run this as the account that "
            "made it, or delete it."
        )


def say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
