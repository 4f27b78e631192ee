"""Adding pictures to a listing."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.core.models import Event
from apps.core.refusals import NotAllowed, Refused
from apps.listings import photo_files
from apps.listings.actions import photo as actions
from apps.listings.actions.photo import add_photo, add_photos, make_sizes
from apps.listings.jobs import make_photo_sizes, sweep_photos
from apps.listings.lookups import PhotoState
from apps.listings.models import Photo
from apps.listings.pictures import SIZES, PictureRefused
from tests.factories import ListingFactory
from tests.listings.photos import picture_file, stored_files
from tests.workers import run_jobs


@pytest.fixture
def listing(agent):
    return ListingFactory(created_by=agent)


def test_a_photo_waits_for_its_sizes_and_its_job_is_enqueued(listing, agent):
    photo = add_photo(listing, picture_file(name="living.jpg"), by=agent)
    assert (photo.state, photo.order, photo.original_name) == (PhotoState.PROCESSING, 0, "living.jpg")
    assert (photo.width, photo.height) == (360, 240)
    assert ProcrastinateJob.objects.filter(task_name="listings.make_photo_sizes", args__photo_id=photo.pk).count() == 1
    assert Event.objects.get(verb="listing.photo_added").subject_id == listing.pk


@pytest.mark.django_db(transaction=True)
def test_the_job_makes_every_size_and_the_list_shows_the_cover(listing, agent):
    photo = add_photo(listing, picture_file(), by=agent)
    run_jobs()
    photo.refresh_from_db()
    listing.refresh_from_db()
    assert photo.state == PhotoState.READY
    assert (listing.cover, listing.photo_count) == (photo.name, 1)
    assert all(default_storage.exists(photo_files.size_path(photo.name, size.name)) for size in SIZES)


def test_the_job_may_run_again_and_may_find_half_a_file(listing, agent):
    photo = add_photo(listing, picture_file(), by=agent)
    default_storage.save(photo_files.size_path(photo.name, "640"), io.BytesIO(b"RIFF half"))
    make_sizes(photo)
    files = stored_files(default_storage)
    make_photo_sizes(photo_id=photo.pk)
    assert stored_files(default_storage) == files
    assert Image.open(photo_files.open_size(photo.name, "640")).size == (360, 240)


def test_a_photo_whose_job_was_lost_heals_at_the_sweep(listing, agent):
    photo = add_photo(listing, picture_file(), by=agent)
    Photo.objects.filter(pk=photo.pk).update(added_at="2026-01-01T00:00Z")
    sweep_photos(timestamp=0)
    sweep_photos(timestamp=0)
    assert ProcrastinateJob.objects.filter(status="todo", args__photo_id=photo.pk).count() == 1


def test_a_photo_whose_original_is_gone_says_so(listing, agent):
    photo = add_photo(listing, picture_file(), by=agent)
    photo_files.delete(photo.name)
    make_photo_sizes(photo_id=photo.pk)
    photo.refresh_from_db()
    assert photo.state == PhotoState.FAILED
    assert photo.trouble == "The stored file is gone. Remove this photo and add it again."


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff\xd8\xff\xe0 broken"])
def test_a_broken_file_changes_nothing(listing, agent, content):
    jobs = ProcrastinateJob.objects.count()
    with pytest.raises(PictureRefused):
        add_photo(listing, SimpleUploadedFile("x.jpg", content), by=agent)
    assert not Photo.objects.exists()
    assert ProcrastinateJob.objects.count() == jobs
    assert stored_files(default_storage) == []


def test_of_many_files_the_good_are_taken_and_the_bad_are_named(listing, agent):
    files = [picture_file(0), SimpleUploadedFile("notes.txt", b"hello"), picture_file(1)]
    taken, sentences = add_photos(listing, files, by=agent)
    assert [photo.order for photo in taken] == [0, 1]
    assert sentences == ["“notes.txt” is not a picture. Add a JPEG, PNG, WebP or HEIC file."]


@pytest.mark.parametrize("again", [{}, {"quality": 55}], ids=["same file", "compressed again"])
def test_the_same_picture_twice_is_noticed(listing, agent, again):
    add_photo(listing, picture_file(1), by=agent)
    add_photo(listing, picture_file(2), by=agent)
    with pytest.raises(PictureRefused, match=r"“copy.jpg” is in this listing already: photo 2\."):
        add_photo(listing, picture_file(2, name="copy.jpg", **again), by=agent)
    assert len(stored_files(default_storage)) == listing.photos.count() == 2


def test_the_same_picture_in_two_listings_is_stored_once(listing, agent):
    first = add_photo(listing, picture_file(), by=agent)
    make_sizes(first)
    files = stored_files(default_storage)
    second = add_photo(ListingFactory(created_by=agent), picture_file(), by=agent)
    assert (second.name, second.state) == (first.name, PhotoState.READY)
    assert stored_files(default_storage) == files


def test_a_listing_takes_a_hundred_photos_and_no_more(listing, agent, monkeypatch):
    monkeypatch.setattr(actions, "MAX_PHOTOS", 1)
    add_photo(listing, picture_file(0), by=agent)
    with pytest.raises(Refused, match="the most it can have"):
        add_photo(listing, picture_file(1), by=agent)
    assert len(stored_files(default_storage)) == 1


def test_another_agent_may_not_but_marketing_may(listing, other_agent, marketing):
    with pytest.raises(NotAllowed, match="Layla"):
        add_photos(listing, [picture_file()], by=other_agent)
    assert add_photo(listing, picture_file(), by=marketing).added_by == marketing
