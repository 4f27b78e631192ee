"""Files in the manner of agencies, imported through the doors that people use."""

import contextlib
import io
import uuid
from functools import partial
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from waffle.testutils import override_flag

from apps.imports.models import ImportRun
from tests.imports.files import csv_text

HEADER = [
    "Ref",
    "Title",
    "Price (AED)",
    "Beds",
    "Size sqft",
    "Status",
    "Purpose",
    "Community",
    "City",
    "Building",
    "Unit",
]
ROWS = [
    ["PT-1", "Sea view", "1,990,000", "2", "1,388", "Active", "Sale", "The Marina", "Dubai", "Princess Tower", "1201"],
    ["PT-2", "Park view", "95,000", "Studio", "480", "Active", "Rent", "The Marina", "Dubai", "Princess Tower", "1202"],
    ["SV-3", "Corner", "2,400,000", "3", "1,900", "Closed", "Sale", "Downtown", "Dubai", "Silver Tower", "7"],
]  # fmt: skip


def stock(*, header=None, rows=None, **cells) -> str:
    """The rows above as CSV; `cells` such as `PT_1={"Status": "Live"}` change some of them."""
    lines = []
    for row in rows or ROWS:
        changed = dict(zip(HEADER, row, strict=True)) | cells.get(row[0].replace("-", "_"), {})
        lines.append(list(changed.values()))
    return csv_text(header or HEADER, *lines)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": settings.MEDIA_ROOT},
        }
    }


@pytest.fixture
def bring(tmp_path, db):
    """Import listings by the command; the answer is the run and the last line."""
    return partial(_bring, tmp_path, "import_listings")


@pytest.fixture
def bring_people(tmp_path, db):
    """Import customers by the command; the answer is the run and the last line."""
    return partial(_bring, tmp_path, "import_customers")


def _bring(folder, command, text: str | bytes, *options: str, name: str = "stock.csv") -> tuple[ImportRun, str]:
    path = Path(folder) / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    out = io.StringIO()
    with contextlib.suppress(SystemExit):  # how the command says that it imported nothing
        call_command(command, str(path), *options, stdout=out, stderr=io.StringIO())
    return ImportRun.objects.first(), out.getvalue().strip().splitlines()[-1]


@pytest.fixture
def customers_on(db):
    """The module of customers is switched on for everybody."""
    with override_flag("customers", active=True):
        yield


@pytest.fixture
def browse(client):
    """Send forms as a signed-in person: each POST with a key of its own."""

    def browser(person):
        client.force_login(person)

        def post(path, **fields):
            return client.post(path, {"submission_key": str(uuid.uuid4()), **fields})

        client.send = post
        return client

    return browser


def uploaded(text: str, name: str = "stock.csv") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, text.encode(), content_type="text/csv")
