"""Backups that are proven by restoring them."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from apps.core.backups import list_backups, make_backup, prove_backup
from apps.core.jobs import back_up
from tests.factories import ListingFactory


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        }
    }


@pytest.mark.django_db(transaction=True)
def test_a_backup_restores_to_the_rows_that_were_there():
    ListingFactory.create_batch(3)
    proof = prove_backup(make_backup(keep=14).name)
    assert proof.rows["listings_listing"] == 3


@pytest.mark.django_db(transaction=True)
def test_only_the_newest_backups_stay():
    for hour in range(4):
        default_storage.save(f"backups/20200101T0{hour}0000Z.dump", ContentFile(b"old"))
    newest = make_backup(keep=2)
    assert list_backups() == [newest.name, "backups/20200101T030000Z.dump"]


@pytest.mark.django_db(transaction=True)
def test_a_missing_program_is_one_sentence(monkeypatch):
    monkeypatch.setattr("apps.core.backups.shutil.which", lambda *args, **kwargs: None)
    with pytest.raises(CommandError, match="pg_dump is not installed"):
        call_command("backup")


@pytest.mark.django_db(transaction=True)
def test_production_is_backed_up_every_night(settings):
    settings.PRODUCTION = True
    back_up.func(timestamp=0)
    assert len(list_backups()) == 1


def test_development_is_not_backed_up(settings, db):
    back_up.func(timestamp=0)
    assert list_backups() == []
