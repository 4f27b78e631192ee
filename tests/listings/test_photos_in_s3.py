"""The same calls against the real S3 protocol, spoken by a moto server in this process."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from moto.server import ThreadedMotoServer

from apps.listings import photo_files
from apps.listings.actions.photo import add_photo, make_sizes, purge_removed_photos, remove_photo
from apps.listings.checks import pictures_may_be_shown
from apps.listings.lookups import PhotoState
from apps.listings.pictures import SIZES, PictureRefused
from apps.listings.templatetags.photos import photo_src
from tests.factories import ListingFactory
from tests.listings.photos import picture_file, stored_files

BUCKET = "crm-photos"
KEYS = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}


@pytest.fixture(scope="module")
def s3_address():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def own_media(settings, s3_address):
    """The settings that S3_BUCKET and S3_ENDPOINT_URL give, pointed at an empty bucket."""
    client = boto3.client("s3", endpoint_url=s3_address, **KEYS)
    client.create_bucket(Bucket=BUCKET)
    options = {
        "bucket_name": BUCKET,
        "endpoint_url": s3_address,
        "region_name": "us-east-1",
        "access_key": "test",
        "secret_key": "test",
        "default_acl": None,
        "querystring_auth": True,
        "querystring_expire": 300,
        "signature_version": "s3v4",
        "file_overwrite": False,
    }
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    }
    yield client
    bucket = boto3.resource("s3", endpoint_url=s3_address, **KEYS).Bucket(BUCKET)
    bucket.objects.all().delete()
    bucket.delete()


@pytest.fixture
def listing(agent):
    return ListingFactory(created_by=agent)


@pytest.fixture
def photo(listing, agent):
    photo = add_photo(listing, picture_file(), by=agent)
    make_sizes(photo)
    photo.refresh_from_db()
    return photo


def test_original_and_sizes_lie_in_the_bucket_with_their_types(photo, own_media):
    assert photo.state == PhotoState.READY
    assert len(stored_files(default_storage)) == len(SIZES) + 1
    head = own_media.head_object(Bucket=BUCKET, Key=photo_files.size_path(photo.name, "640"))
    assert head["ContentType"] == "image/webp"


def test_making_sizes_again_writes_the_same_objects(photo):
    before = stored_files(default_storage)
    photo.state = PhotoState.PROCESSING
    make_sizes(photo)
    assert stored_files(default_storage) == before


def test_nothing_in_the_bucket_is_public(photo, own_media):
    grants = own_media.get_object_acl(Bucket=BUCKET, Key=photo_files.size_path(photo.name, "640"))["Grants"]
    assert not any("AllUsers" in grant["Grantee"].get("URI", "") for grant in grants)


def test_a_picture_is_a_redirect_to_an_address_that_is_signed_for_minutes(client, agent, photo):
    client.force_login(agent)
    answer = client.get(photo_src(photo.name, "640"))
    address = urlsplit(answer.url)
    query = parse_qs(address.query)
    assert answer.status_code == 302
    assert address.path.endswith(photo_files.size_path(photo.name, "640"))
    assert query["X-Amz-Expires"] == ["300"]
    assert query["X-Amz-Signature"]
    assert answer["Cache-Control"] == "private, max-age=240"


def test_those_who_may_not_see_the_listing_get_no_address(client, viewer, photo, listing):
    type(listing).objects.filter(pk=listing.pk).update(standard_status="Incomplete")
    client.force_login(viewer)
    assert client.get(photo_src(photo.name, "640")).status_code == 404


def test_a_host_that_browsers_would_not_load_from_is_a_failed_check(settings, s3_address):
    settings.S3_BUCKET = BUCKET
    [error] = pictures_may_be_shown()
    assert error.hint == f"Add it: CSP_IMG_HOSTS={s3_address}"
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = directives | {"img-src": [*directives["img-src"], s3_address]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": allowed}
    assert pictures_may_be_shown() == []


def test_a_picture_that_is_in_the_listing_already_leaves_no_object_behind(listing, agent, photo):
    before = stored_files(default_storage)
    with pytest.raises(PictureRefused):
        add_photo(listing, picture_file(quality=60), by=agent)
    assert stored_files(default_storage) == before


def test_a_forgotten_photo_leaves_the_bucket_empty(photo, agent):
    remove_photo(photo, by=agent)
    purge_removed_photos(timezone.now() + timedelta(seconds=1))
    assert stored_files(default_storage) == []
