"""The order of the house, held by reading what each file imports (docs/architecture.md)."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ORDER = [
    "core",
    "accounts",
    "documents",
    "customers",
    "listings",
    "matching",
    "viewings",
    "calls",
    "deals",
    "website",
    "imports",
    "insights",
    "today",
    "search",
]
# Doors translate a request, row, file or command into a call; they may call the actions of any app.
DOORS = {"views", "urls", "forms", "admin", "jobs", "management", "middleware", "context", "templatetags", "apps"}
# One class talks to the outside: it checks addresses, and counts bytes and seconds.
OUTBOUND = "apps/core/outbound.py"
HTTP = {"aiohttp", "http.client", "httpx", "httpx2", "requests", "urllib.request", "urllib3"}
SIGNALS = {"django.dispatch", "django.db.models.signals", "django.core.signals", "django.test.signals"}
FILES = sorted(path.relative_to(ROOT) for path in (ROOT / "apps").glob("*/**/*.py") if "migrations" not in path.parts)


def imports_of(path: Path) -> set[str]:
    """Each module that a file imports, wherever in it; `from a import b` counts as a and as a.b."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def app_of(module: str) -> str | None:
    """The app of a module of ours."""
    parts = module.split(".")
    return parts[1] if parts[0] == "apps" and len(parts) > 1 else None


def is_door(path: Path) -> bool:
    """Whether a file of an app is a door: by the name of the file or of its folder in the app."""
    return path.parts[2].removesuffix(".py").split("_")[0] in DOORS if len(path.parts) > 2 else False


def wrong_imports(path: Path, imported: set[str]) -> set[str]:
    """Imports of apps to the right: by anything but a door, and by core at all."""
    own = path.parts[1]
    if is_door(path) and own != "core":
        return set()
    allowed = ORDER[: ORDER.index(own) + 1]
    return {module for module in imported if app_of(module) and app_of(module) not in allowed}


def broad_handlers(path: Path) -> list[int]:
    """Lines of handlers that take every error and go on."""
    return [
        node.lineno
        for node in ast.walk(ast.parse((ROOT / path).read_text()))
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type) and not _raises(node)
    ]


def _is_broad(caught) -> bool:
    return caught is None or (isinstance(caught, ast.Name) and caught.id in ("Exception", "BaseException"))


def _raises(handler) -> bool:
    return isinstance(handler.body[-1], ast.Raise)


def test_every_app_has_its_place_in_the_order():
    assert {path.parts[1] for path in FILES} <= set(ORDER)


def test_a_file_knows_only_its_own_app_and_those_before():
    wrong = {str(path): wrong_imports(path, imports_of(path)) for path in FILES}
    assert {path: modules for path, modules in wrong.items() if modules} == {}


def test_only_the_outbound_class_talks_to_the_outside():
    assert [str(path) for path in FILES if imports_of(path) & HTTP and str(path) != OUTBOUND] == []


def test_no_file_uses_signals():
    used = {str(path): {m for m in imports_of(path) if m in SIGNALS or m.endswith(".signals")} for path in FILES}
    assert {path: modules for path, modules in used.items() if modules} == {}


def test_no_file_catches_everything_and_goes_on():
    caught = {str(path): broad_handlers(path) for path in FILES}
    assert {path: lines for path, lines in caught.items() if lines} == {}


def test_a_wrong_direction_would_be_seen():
    assert wrong_imports(Path("apps/accounts/models.py"), {"apps.listings.models", "apps.core.models"}) == {
        "apps.listings.models"
    }
    assert wrong_imports(Path("apps/core/admin.py"), {"apps.accounts.models"}) == {"apps.accounts.models"}
    assert not wrong_imports(Path("apps/listings/views/list.py"), {"apps.imports.actions"})
