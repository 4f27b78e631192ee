"""ZIP files, which XLSX files are too: checked before anything in them is unpacked."""

import struct
import zipfile
import zlib
from pathlib import Path

from django.utils.translation import gettext as _

from apps.imports.problems import Unreadable

MAX_MEMBERS = 2_000
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 150  # text packs 5 to 30 times, a sheet of one repeated value some 100 times
RATIO_MATTERS_FROM = 20 * 1024 * 1024
# What a damaged archive makes zipfile raise while it is being read.
DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, LookupError, ValueError, RuntimeError)


def checked_zip(path: Path) -> zipfile.ZipFile:
    """The archive, opened, if it is safe to unpack: zipfile gives out no more than the sizes that are checked here."""
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGE as error:
        raise Unreadable(_("The ZIP file is damaged or cut off. Save or download it again.")) from error
    members = archive.infolist()
    unpacked, packed = sum(m.file_size for m in members), max(1, sum(m.compress_size for m in members))
    sentences = []
    if len(members) > MAX_MEMBERS:
        words = {"count": f"{len(members):,}", "most": f"{MAX_MEMBERS:,}"}
        sentences.append(_("The ZIP file holds %(count)s files, at most %(most)s are read.") % words)
    if unpacked > MAX_UNPACKED or (unpacked > RATIO_MATTERS_FROM and unpacked > packed * MAX_RATIO):
        words = {"size": f"{unpacked / 1024 / 1024:,.0f}"}
        sentences.append(_("The ZIP file unpacks to %(size)s MB and was not opened. Send less.") % words)
    if any(m.flag_bits & 1 for m in members):
        sentences.append(_("The ZIP file has a password. Save it without one."))
    if sentences:
        archive.close()
        raise Unreadable(*sentences)
    return archive
