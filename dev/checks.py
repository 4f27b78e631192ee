"""`make lint`: everything that reads the code without running it. All checks run, then the failed ones are named."""

import subprocess
import time

from dev import database, environment, paths, serve

TOOLS = paths.VENV / "bin"
CODE = ["apps", "config", "dev", "manage.py"]
CHECKS = {
    "ruff": [str(TOOLS / "ruff"), "check", "."],
    "format": [str(TOOLS / "ruff"), "format", "--check", "."],
    "bandit": [
        str(TOOLS / "bandit"),
        "--quiet",
        "--severity-level=medium",
        "--configfile",
        "pyproject.toml",
        "--recursive",
        *CODE,
    ],
    "hadolint": [str(TOOLS / "hadolint"), "Dockerfile"],
    # Overdue flags are told by `check` and on the page Flags; a calendar must not turn yesterday's green into red.
    "checks": ["env", "SILENCED_CHECKS=accounts.W001", str(paths.PYTHON), "manage.py", "check", "--fail-level=WARNING"],
    "models": [str(paths.PYTHON), "manage.py", "makemigrations", "--check", "--dry-run"],
    "migrations": [str(paths.PYTHON), "-m", "dev.migration_lint"],
}


def run(names: list[str]) -> int:
    """Run all checks, or those named; 1 when any fails."""
    environment.ensure("dev")
    with database.available("test") as found:
        serve.prepare(found, "--migrate-only")
        failed = [name for name in names or CHECKS if not passes(name)]
    print(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def passes(name: str) -> bool:
    """Run one check, print how it went and, where it failed, what it said."""
    start = time.monotonic()
    result = subprocess.run(CHECKS[name], cwd=paths.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    good = result.returncode == 0
    print(f"{name:<12}{'ok' if good else 'FAILED':<8}{time.monotonic() - start:.1f} s", flush=True)
    if not good:
        print(result.stdout, flush=True)
    return good
