"""The companion plugin as the file that a WordPress site is given: the same bytes from the same sources, anywhere."""

import re
import zipfile
from pathlib import Path

from dev import paths

SOURCE = paths.ROOT / "wordpress" / "realestatecrm-companion"
LONG_AGO = (2000, 1, 1, 0, 0, 0)


def run(_arguments: list[str]) -> int:
    """`make plugin`: pack the companion plugin and say where it lies."""
    target = pack(paths.VAR)
    print(f"{target.relative_to(paths.ROOT)}: in WordPress, Plugins → Add New → Upload Plugin")
    return 0


def pack(folder: Path) -> Path:
    """Write the zip into this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{SOURCE.name}-{version()}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in SOURCE.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(str(path.relative_to(SOURCE.parent)), LONG_AGO)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return target


def version() -> str:
    """The plugin's version, from its own header."""
    return re.search(r"\* Version: +(\S+)", (SOURCE / f"{SOURCE.name}.php").read_text())[1]
