"""What tests about people share."""

import uuid

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from tests.factories import PASSWORD


@pytest.fixture
def sign_in():
    """Sign in through the page, as a browser at `ip` would, and return the browser and the answer."""

    def sign_in(person, *, ip="10.0.0.1", password=PASSWORD, **data):
        browser = Client(REMOTE_ADDR=ip)
        form = {"login": person if isinstance(person, str) else person.email, "password": password, "remember": "on"}
        return browser, browser.post("/accounts/login/", form | data)

    return sign_in


@pytest.fixture
def as_administrator(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def send():
    """Send a form with a fresh submission key."""

    def send(client, url, data=None, **extra):
        return client.post(url, {"submission_key": uuid.uuid4()} | (data or {}), **extra)

    return send


@pytest.fixture
def with_app():
    """Give a person an authenticator app and return its secret."""

    def with_app(person):
        secret = generate_totp_secret()
        TOTP.activate(person, secret)
        return secret

    return with_app


@pytest.fixture
def with_passkey():
    """Give a person a passkey (only its row: no device answers for it)."""
    return lambda person: Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone", "credential": {}}
    )
