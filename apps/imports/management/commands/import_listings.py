"""`manage.py import_listings FILE`."""

from apps.imports.management.importing import ImportCommand
from apps.imports.vocabularies import Subject


class Command(ImportCommand):
    """Import listings from a file. The last line is `new=N changed=N same=N warned=N refused=N`."""

    help = "Import listings from a CSV, XLSX, JSON or XML file (docs/imports.md)."
    subject = Subject.LISTINGS
