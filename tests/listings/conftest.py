"""Photos of a test lie in a folder of its own."""

import pytest


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    storages = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "media")},
        }
    }
    settings.STORAGES = storages
