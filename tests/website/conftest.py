"""A site that only exists here, for tests of delivery: `fake` answers in its place and remembers what was asked."""

import pytest

from tests.factories import SiteFactory
from tests.website.fake_site import FakeSite
from tests.website.placed import SPEC


@pytest.fixture(autouse=True)
def _the_machine_is_quick(monkeypatch):
    """How much is taken up at once, and what is read again, follows the seconds that the last round took."""
    monkeypatch.setattr("apps.website.actions.deliver.QUICK", float("inf"))
    monkeypatch.setattr("apps.website.delivery.early.FRESH", float("inf"))


@pytest.fixture
def fake(monkeypatch):
    fake = FakeSite()
    monkeypatch.setattr("apps.website.actions.deliver.Client", fake)
    return fake


@pytest.fixture
def site():
    site = SiteFactory()
    site.profile.spec = SPEC
    site.profile.save()
    return site
