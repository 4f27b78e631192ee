"""The names of the Makefile, which others rely on."""

import re
import subprocess
import sys

import pytest

from apps.listings.demo.people import PASSWORD, STAFF
from dev import cli, paths

README = (paths.ROOT / "README.md").read_text()


@pytest.mark.parametrize("name", ["run", "test", "lint", "bench", "seed", "shell", "wordpress", "plugin", "help"])
def test_each_promised_name_is_a_command_and_in_the_makefile(name):
    targets = re.search(r"^\.PHONY: (.+)$", (paths.ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()
    assert name in cli.COMMANDS
    assert name in targets


def test_help_names_every_command(capsys):
    assert cli.show_help([]) == 0
    printed = capsys.readouterr().out
    assert all(f"  {name} " in printed for name in cli.COMMANDS)


def test_an_unknown_name_shows_those_there_are():
    result = subprocess.run([sys.executable, "-m", "dev", "fly"], cwd=paths.ROOT, capture_output=True, text=True)
    assert result.returncode == 2
    assert "There is no “fly”" in result.stderr


def test_the_readme_lists_the_demo_staff_with_role_and_password_in_its_first_screenful():
    beginning = "\n".join(README.splitlines()[:30])
    for person in STAFF:
        assert f"| {person.role.label} | `{person.email}` | `{PASSWORD}` |" in beginning


def test_the_readme_gives_the_two_commands_in_its_first_screenful():
    beginning = README.splitlines()[:12]
    assert any(line.startswith("make run") for line in beginning)
    assert any(line.startswith("make test") for line in beginning)
