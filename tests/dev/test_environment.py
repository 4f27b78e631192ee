"""When .venv is set up again, and which Python makes it."""

import re
import sys

import pytest

from dev import environment, find_python, paths


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "requirements").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    (tmp_path / "requirements" / "base.txt").write_text("django==5.2.19\n")
    monkeypatch.setattr(paths, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(paths, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(paths, "REQUIREMENTS", tmp_path / "requirements")
    return tmp_path


def test_the_key_follows_the_content_of_the_requirements(project):
    before = environment.key("base")
    (project / "requirements" / "base.txt").write_text("django==5.2.20\n")
    assert environment.key("base") != before


def test_the_key_follows_the_python_that_made_the_environment(project):
    before = environment.key("base")
    (project / ".venv" / ".crm-python").write_text("/usr/bin/python3.12|1|1")
    assert environment.key("base") != before


def test_an_environment_of_a_python_that_is_gone_is_made_again(project):
    (project / ".venv" / ".crm-python").write_text("/nowhere/python3|1|1")
    assert not environment._python_is_the_same()


def test_an_environment_of_this_python_is_kept(project):
    (project / ".venv" / ".crm-python").write_text(environment._identity(sys.executable))
    assert environment._python_is_the_same()


def test_no_python_at_all_is_a_sentence_that_names_the_version(monkeypatch):
    monkeypatch.setattr(find_python, "candidates", lambda: iter(["/nowhere/python3"]))
    with pytest.raises(find_python.NoPython, match=r"needs Python 3\.11 or newer"):
        find_python.first_suitable()


def test_a_python_without_venv_is_a_sentence_that_names_the_package(monkeypatch):
    lacking = find_python.Interpreter("/usr/bin/python3", (3, 12), ["ensurepip"])
    monkeypatch.setattr(find_python, "candidates", lambda: iter(["python3"]))
    monkeypatch.setattr(find_python, "probe", lambda command: lacking)
    with pytest.raises(find_python.NoPython, match=r"without its ensurepip module.*apt install python3\.12-venv"):
        find_python.first_suitable()


def test_requirements_pin_with_hashes_and_name_no_index():
    for file in (paths.ROOT / "requirements").glob("*.txt"):
        text = file.read_text()
        pins = re.findall(r"^[a-z0-9][\w.-]*==\S+.*\\$", text, re.MULTILINE)
        named = re.findall(r"^[a-z0-9]", text, re.MULTILINE)
        assert pins and len(pins) == len(named), file.name
        assert "://" not in text, file.name
