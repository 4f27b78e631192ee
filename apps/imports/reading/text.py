"""Bytes to text: which encoding a file is in, decided from all of its bytes, and text without what no cell may hold."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from apps.imports.problems import Unreadable

CHUNK = 256 * 1024
BOMS = [  # the longer first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
# Not allowed in PostgreSQL text (NUL, lone surrogates) or in XML (control characters); tab and line ends stay.
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
HIGH_RUN = re.compile(rb"[\x80-\xff]+")
UTF8_CHARACTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
MAX_SHARE_OF_NULS = 0.001
MIN_SHARE_OF_VALID_UTF8 = 0.8


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file is written; `remarks` are sentences about damage."""

    name: str
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tally:
    """What the bytes of a file look like, counted over all of it."""

    size: int = 0
    nuls: int = 0
    nuls_at_even: int = 0
    high: int = 0
    in_runs: int = 0
    letters_e0_ff: int = 0
    utf8_bytes: int = 0
    is_utf8: bool = True


def detect_encoding(path: Path) -> Encoding:
    """The encoding of the file at `path`, from its byte order mark or else from all of its bytes.

    UTF-8, UTF-16 and UTF-32, else the Windows code page that fits: 1256 (Arabic), 1251 (Cyrillic), 1252 (Western).
    Raises Unreadable for what is no text.
    """
    with path.open("rb") as file:
        start = file.read(4)
    for bom, name in BOMS:
        if start.startswith(bom):
            return Encoding(name)
    tally = _count(path)
    if tally.nuls > tally.size * 0.2:
        return Encoding("utf-16-be" if tally.nuls_at_even * 2 > tally.nuls else "utf-16-le")
    if tally.nuls > max(16, tally.size * MAX_SHARE_OF_NULS):
        raise Unreadable(_("This is not a text file. Send CSV, XLSX, JSON or XML."))
    return _eight_bit(tally)


def _eight_bit(tally: _Tally) -> Encoding:
    nuls = (f"{_count_of(tally.nuls, 'NUL character was', 'NUL characters were')} left out.",) if tally.nuls else ()
    if tally.is_utf8:
        return Encoding("utf-8", nuls)
    if tally.utf8_bytes >= tally.high * MIN_SHARE_OF_VALID_UTF8:
        damaged = _count_of(tally.high - tally.utf8_bytes, "byte of the file is", "bytes of the file are")
        return Encoding("utf-8", (*nuls, f"{damaged} damaged and stand as �. Save the file as UTF-8 again."))
    if tally.in_runs * 2 < tally.high:
        return Encoding("cp1252", nuls)
    return Encoding("cp1251" if tally.letters_e0_ff >= tally.high * 0.8 else "cp1256", nuls)


def _count_of(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _count(path: Path) -> _Tally:
    tally, utf8 = _Tally(), codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            _count_chunk(tally, chunk)
            tally.is_utf8 = tally.is_utf8 and _decodes(utf8, chunk)
    tally.is_utf8 = tally.is_utf8 and _decodes(utf8, b"", final=True)
    return tally


def _decodes(decoder, chunk: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _count_chunk(tally: _Tally, chunk: bytes) -> None:
    tally.size += len(chunk)
    nuls = chunk.count(0)
    if nuls:
        tally.nuls += nuls
        tally.nuls_at_even += chunk[::2].count(0)
    if chunk.isascii():
        return
    for run in HIGH_RUN.findall(chunk):
        tally.high += len(run)
        if len(run) > 1:
            tally.in_runs += len(run)
        tally.letters_e0_ff += sum(byte >= 0xE0 for byte in run)
        tally.utf8_bytes += sum(map(len, UTF8_CHARACTER.findall(run)))


def text_chunks(path: Path, encoding: str) -> Iterator[str]:
    """The file's text, some 256 KB at a time, without the characters that no cell may hold."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        while chunk := file.read(CHUNK):
            yield without_unwanted(chunk)


def without_unwanted(text: str) -> str:
    """The text without NULs, control characters and lone surrogates."""
    return UNWANTED.sub("", text) if UNWANTED.search(text) else text
