"""docs/configuration.md names every variable that is read, and no other."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READERS = [ROOT / "config" / "settings.py", ROOT / "config" / "gunicorn.py", ROOT / "config" / "wsgi.py"]
PROGRAMS = [*READERS, *(ROOT / "dev").glob("*.py"), *(ROOT / "tests").rglob("*.py"), ROOT / ".ci" / "run"]
# Names that belong to others and are set, not read.
NOT_OURS = {"DJANGO_SETTINGS_MODULE", "PROMETHEUS_MULTIPROC_DIR"}


def variables_read(path: Path) -> set[str]:
    """Names in capitals that are handed to `env...` or `os.environ...`."""
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    read = (call.args[0] for call in calls if call.args and ast.unparse(call.func).startswith(("env.", "os.environ")))
    return {name.value for name in read if isinstance(name, ast.Constant)} - NOT_OURS


def variables_described() -> set[str]:
    rows = re.findall(r"^\| (`[A-Z].*?) \|", (ROOT / "docs" / "configuration.md").read_text(), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", row)}


def test_every_variable_that_is_read_is_described():
    assert set().union(*(variables_read(path) for path in READERS)) - variables_described() == set()


def test_no_variable_is_described_that_nothing_reads():
    texts = "\n".join(path.read_text() for path in PROGRAMS if path.exists() and path != Path(__file__))
    assert {name for name in variables_described() if name not in texts} == set()
