"""The file of a run: checked for size and right, digested, kept, and at hand on disk where it is read."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from apps.imports.models import ImportRun
from apps.imports.problems import Unreadable
from apps.imports.reading import MAX_FILE, too_large


def digest_and_size(file) -> tuple[str, int]:
    """SHA-256 and length of an open binary file, which is rewound. Raises Unreadable for an empty or huge one."""
    sha, size = hashlib.sha256(), 0
    while chunk := file.read(1024 * 1024):
        sha.update(chunk)
        size += len(chunk)
    file.seek(0)
    if not size:
        raise Unreadable(_("The file is empty. Send one with a header row and at least one row below it."))
    if size > MAX_FILE:
        raise Unreadable(too_large(size))
    return sha.hexdigest(), size


@contextmanager
def file_on_disk(run: ImportRun) -> Iterator[Path]:
    """The run's file as a path, copied from the storage for as long as it is read."""
    with tempfile.NamedTemporaryFile(prefix="import-") as copy:
        try:
            with run.file.open("rb") as stored:
                shutil.copyfileobj(stored, copy)
        except (FileNotFoundError, ValueError) as error:
            raise Unreadable(_("The file of this import is not there any more. Upload it again.")) from error
        copy.flush()
        yield Path(copy.name)
